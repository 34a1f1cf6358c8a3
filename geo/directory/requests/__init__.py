"""Requests to be put in touch: received from anybody, sealed, sent, followed, then forgotten.

What can be read in clear of a request is made of codes, ids and dates; all that was typed is
sealed with a key of its own, and forgotten with it.
"""
