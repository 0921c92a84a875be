"""Networks: layers in a row (or in a loop), with a loss at the end. One module for each family."""
