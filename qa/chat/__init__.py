"""A chat model that writes answers, each sentence held to the same proof as a quotation.

`context` numbers the sentences the model may use, `prompt` words the request, `parse` reads sentences and marks from the reply as
it comes, `verify` puts each to the claim gate, `draft` decides what is shown, asked for again or given up, `writer` makes the calls.
`structure` asks for a reply in fields where the model offers that, `elements` and `fields` read it. `models` opens a model by name, `failures` says what went wrong with one, `asking` has it read questions, `cache` keeps answers.
"""
