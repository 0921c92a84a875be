"""What nbgrader does with a submission: repair it, run it, and keep exactly one result for each check."""
