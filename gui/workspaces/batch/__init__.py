"""The Batch workspace: the rows of a dumped batch, where its loss comes from, what would change it."""
