# The ledger's page: views, correcting many, versions
problem-E771 = This is somebody else's record, which your post can't correct.
    .remedy = Ask whoever recorded it, or somebody whose post may correct others' records.
problem-E772 = This record doesn't have the question, or isn't asked it by its other answers.
    .remedy = Open the record and correct it by itself.
problem-E773 = At most { $most } records can be changed at once.
    .remedy = Narrow the list and do it in several steps.
problem-E774 = There is no name yet.
    .remedy = Give the view a name.
problem-E775 = This view isn't there any more.
    .remedy = Open the ledger again to see which views there are.
