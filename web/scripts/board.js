/* The board of projects: cards to drag from one step to another, or to move by their buttons.
   What comes from Python is text: no name is ever read as HTML. */
export default function board({ data, parentElement, setTriggerValue }) {
  const make = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes))
      if (value !== null) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const host = parentElement.querySelector(".tableau-projets");
  const focused = host.contains(host.getRootNode().activeElement)
    ? host.getRootNode().activeElement.dataset.key
    : null;
  let carried = null;
  const move = (id, step, before = "") => setTriggerValue("moved", { id, step, before });

  function button(card, step, arrow, key) {
    const made = make(
      "button",
      {
        type: "button",
        "data-key": key,
        "aria-label": `Déplacer « ${card.name} » vers l’étape ${step.name} : ${arrow}`,
      },
      arrow,
    );
    made.addEventListener("click", () => {
      host.dataset.wanted = key;
      move(card.id, step.id);
    });
    return made;
  }

  function cardOf(card, column) {
    const place = data.steps.findIndex((one) => one.id === column.id);
    const [back, next] = [data.steps[place - 1], data.steps[place + 1]];
    const made = make("li", { class: "carte-projet", draggable: data.moves ? "true" : null });
    const open = make(
      "button",
      {
        type: "button",
        class: "ouvrir",
        "data-key": `open ${card.id}`,
        "aria-pressed": String(card.open),
      },
      card.name,
    );
    open.addEventListener("click", () => setTriggerValue("opened", card.id));
    made.append(make("h3", {}, open));
    if (card.fictive) made.append(make("span", { class: "fictif" }, "Fictif"));
    for (const line of card.lines) made.append(make("p", {}, line));
    if (card.odd.length)
      made.append(
        make(
          "p",
          { class: "odd" },
          ...card.odd.map(({ id, name, colour }) => {
            const chip = make("abbr", { title: name }, `ODD ${id}`);
            chip.style.borderColor = colour;
            return chip;
          }),
        ),
      );
    if (data.moves) {
      const row = make("div", { class: "pas" });
      if (back) row.append(button(card, back, `← ${back.nature}`, `back ${card.id}`));
      if (next) row.append(button(card, next, `${next.nature} →`, `next ${card.id}`));
      made.append(row);
      made.addEventListener("dragstart", (event) => {
        carried = card.id;
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", card.id);
        made.classList.add("portee");
      });
      made.addEventListener("dragend", () => {
        carried = null;
        made.classList.remove("portee");
      });
      made.addEventListener("dragover", (event) => {
        if (carried && carried !== card.id) {
          event.preventDefault();
          made.classList.add("avant");
        }
      });
      made.addEventListener("dragleave", () => made.classList.remove("avant"));
      made.addEventListener("drop", (event) => {
        event.preventDefault();
        event.stopPropagation();
        if (carried && carried !== card.id) move(carried, column.id, card.id);
      });
    }
    return made;
  }

  function columnOf(column) {
    const cards = data.cards.filter((one) => one.step === column.id);
    const list = make("ol", {}, ...cards.map((one) => cardOf(one, column)));
    if (!cards.length) list.append(make("li", { class: "vide" }, "Aucun projet"));
    const heading = make(
      "h2",
      {},
      `${column.nature} `,
      make("span", {}, `${column.name} · ${cards.length}`),
    );
    const made = make(
      "section",
      { "aria-label": `Étape ${column.nature}, ${cards.length} projets` },
      heading,
      list,
    );
    made.addEventListener("dragover", (event) => {
      if (carried) {
        event.preventDefault();
        made.classList.add("visee");
      }
    });
    made.addEventListener("dragleave", (event) => {
      if (!made.contains(event.relatedTarget)) made.classList.remove("visee");
    });
    made.addEventListener("drop", (event) => {
      event.preventDefault();
      if (carried) move(carried, column.id);
    });
    return made;
  }

  host.replaceChildren(...data.steps.map(columnOf));
  // The keyboard stays on the card that was moved, though the board was drawn again.
  const wanted = host.dataset.wanted ?? focused;
  const again =
    wanted && [...host.querySelectorAll("button")].find((one) => one.dataset.key === wanted);
  if (again) again.focus();
  else if (wanted)
    [...host.querySelectorAll("button")]
      .find((one) => one.dataset.key === `open ${wanted.split(" ")[1]}`)
      ?.focus();
  delete host.dataset.wanted;
}
