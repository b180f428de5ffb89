"""The checks of the claim gate: what a claim says, held against the words of one quotation.

`proof` puts the checks in order; `text` reads claims and quotations, `facts` compares names, numbers and dates, `joins` what a
sentence joins, `parts` which part of the quotation it may be joined in, `edits` what was changed in a near-copy of it.
"""
