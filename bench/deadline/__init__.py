"""The last hour of a round against the real stack, by `make bench-deadline`: who was in time, and
how long it took. Ends with 1 when anybody was lost or judged wrongly; never because of a time."""
