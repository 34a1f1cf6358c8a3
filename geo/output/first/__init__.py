"""What a page says before its live form is there, or in its place where no script runs.

HTML made from the same queries, answers and templates; only what is public.
"""
