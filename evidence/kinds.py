"""The kinds of targets by how they are followed."""

# What is added up starts at zero; what is asked of each year, or of their average, starts nowhere.
ADDED = ("increment", "cumulative")
EACH_YEAR = ("annual", "annual_average", "growth", "relative")
# All of a set or none of it, a dated state: reached or not.
ALL_OR_NONE = ("coverage", "milestone")
# These have no path from a start to an end; a scale is an order of size.
NO_PATH = (*ALL_OR_NONE, "scale")
