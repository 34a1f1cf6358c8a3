"""Trouver : the nearest catalysts to a place."""

from geo.analysis.nearest import nearest
from geo.analysis.origin import parse_origin
from geo.output.nearest_map import nearest_map, places_beside
from pages.components.beside import list_beside
from pages.components.filters import chosen_selection, filter_drawer, say_selection
from pages.components.link import notices, open_link, share_link
from pages.components.map import show_map
from pages.components.map_frame import LIST, MAP, listed, map_frame, switch
from pages.components.page_frame import about_the_data, open_directory
from pages.components.place_search import place_search
from pages.sections.trouver import search

open_link("trouver", lieu=parse_origin)
book = open_directory()
panel, view = map_frame()
with panel:
    search.title()
    notices()
    chosen = place_search(
        "lieu", label=search.field_label(), placeholder=search.EXAMPLES, points=True
    )
# The map first: what it needs, the session holds before the filters are drawn.
selection, options = chosen_selection(), search.asked_search(chosen)
origin = parse_origin(chosen) if chosen else None
share_link(selection, **(parameters := {"lieu": chosen or "", **search.in_url(options)}))
answer = nearest(book, origin, selection, options) if origin else None
rows = answer.all_rows if answer else book.select(selection)
places = places_beside(selection, answer)

with view:
    search.legend(rows, answer, places)
    shown = nearest_map(rows, answer, book, places)
    show_map(**shown, key="trouver", on_click=search.take_click)
with panel:
    _, more = filter_drawer("Filtres et réglages")
    search.search_options(more, chosen)
    if answer is None:
        search.lead()
        switch(MAP)
    else:
        near = search.best(answer, selection)
        switch(LIST)
    with listed():
        if answer is None:
            search.invite(selection)
            say_selection(selection, len(rows), key="trouver")
        else:
            search.others(answer, near, selection)
            list_beside(selection, places, "À part, les plus proches")
        search.files(book, rows, selection.to_url() | parameters)
        about_the_data(book)
