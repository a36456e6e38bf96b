"""Findings, states and figures → text, JSON and pages. Pure: templates are handed in."""
