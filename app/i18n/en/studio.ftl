# The studio: drafts of the regulation, their editor, their way into force.

problem-E545 = There is nothing at {$what}.
    .remedy = Somebody may have renamed or removed it. Look at the file as it is now, and make the change there.
problem-E546 = The text at {$what} has a form that can't be edited here.
    .remedy = Change it in the YAML itself.
problem-E547 = There is no such draft any more.
    .remedy = It was published or discarded. Go back to the studio and open another one.
problem-E558 = This file isn't this place's to change.
    .remedy = It belongs to a place above or beside. What the place above leaves open is changed in this place's overlay.
problem-E559 = There is a file of this name already.
    .remedy = Give the new one another id.
problem-E549 = Nobody has approved this change yet.
    .remedy = The post that the regulation names approves it, with the number of the resolution and the day from which it holds.
problem-E556 =
    { $reason ->
        [waits] A revision waits for { $what }, and this one would be in force before it.
       *[past] The day from which the change holds lies in the past.
    }
    .remedy = Choose a later day, or say why it has to be this one.
problem-E557 = The impact of this change hasn't been looked at.
    .remedy = Look at what would change for whom, then go on.
