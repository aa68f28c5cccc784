"""Every change of slips, runs of the sweep and calendar addresses."""
