"""Editions: one course year's questions and limits, and how to recognise it in a report."""
