"""The parts of the extractive reader, which `qa.reader` puts together.

`views` reads an article once; `spans` says what a span is, and `names`, `people`, `numbers` and `clauses` find them, by way of
`finders`; `likeness` and `evidence` measure sentences, `features` candidates; `model` ranks them and says how likely an answer
is; `phrases` and `compose` put it into words.
"""
