"""Counting: the figures of a monthly report filled from the records, in SQL."""

from reporting.domain.counting.monthly import count_figures

__all__ = ["count_figures"]
