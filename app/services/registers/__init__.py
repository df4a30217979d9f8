"""Who and what there is: files, their history, changes, doubles, gaps."""
