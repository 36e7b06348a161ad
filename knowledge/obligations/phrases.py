"""The wordings of duties in folded statements, in which parties stand as payer and provider."""

from __future__ import annotations

import re

ADVERBS = (
    r"(?:(?:also|each|hereby|then|always|at all times|in turn|thereupon|only|first|itself|further"
    r"|at once|jointly|in good faith|forthwith|likewise|themselves|both|afterwards?"
    r"|thereafter|later|(?!(?:comply|apply|reply|supply|rely|multiply|imply|family)\b)\w+ly)\s+)*"
)
_THAT = r"(?:that )?(?:it|they|provider|payer|each|the parties)"
MODAL = re.compile(
    r"\b(?P<modal>(?:agrees?|covenants?|warrants?|undertakes?|promises?|acknowledges?)(?: and"
    rf" (?:agrees?|covenants?|warrants?))* {_THAT} (?:shall|will|must)"
    r"|(?:covenants? and agrees?|agrees? and covenants?|agrees?|undertakes?|promises?|commits?"
    r"|covenants?|engages?) (?:not )?to"
    r"|(?:is|are) (?:hereby )?(?:required|obligated|obliged|bound|expected|responsible) (?:not )?to"
    r"|(?:is|are) (?:also |solely |fully )*responsible for|has the (?:duty|obligation) to"
    r"|(?:has|have|need|needs|ought) (?:not )?to|(?:is|are) (?:not )?to(?= [a-z]+)"
    r"|(?:shall|will|must)(?: each)?(?:, and (?:shall|will|must) (?:cause|require|ensure"
    r"|see)[^,;]{0,60}?(?: to)?,"
    r"(?: to)?)?|may|cannot|can(?= not\b))(?!\w)"
)
NEGATION = re.compile(r"\s*(?P<neg>not|never|no longer|neither)\b(?! only\b)")
INVERTED = re.compile(
    r"\b(?:in no (?:event|case|circumstances?|instance)|under no (?:circumstances?|conditions?)"
    r"|at no time|nor|never)\b(?:,[^.;]{0,200}?,)? (?P<modal>shall|will|may|must|does"
    r"|do) (?P<subject>provider|payer"
    r"|either party|the parties|a party)(?:'s \w+)?\b"
)
JOB = re.compile(
    r"\bit is (?:the )?(?P<subject>provider|payer)(?:'s)? (?:sole )?(?:job|duty|responsibility"
    r"|task|obligation|part)(?: of)? to\b"
)
LIST_OF = re.compile(
    r"(?:dut(?:y|ies)|obligations?|responsibilit(?:y|ies)|promises) (?:\w+ ){0,2}?(?:of|on|upon|for"
    r"|to|with) (?P<of>provider|payer)\b[^:]{0,40}:$|(?P<has>provider|payer)'s (?:\w+ ){0,2}?"
    r"(?:dut(?:y|ies)|obligations?|responsibilit(?:y|ies))\b[^:]{0,40}:$"
)
TAIL = re.compile(
    r"^\W*(?:(?:do|observe|meet|perform|comply with|abide by|adhere to|satisfy|furnish|carry out)?"
    r"\W*(?:all of |each of |any of )?(?:the following\b[^:]{0,60})?)?(?:,?\s*(?:at|during|for|in"
    r"|without|with|upon|on|as)\b[^:;.]{0,60})?\W*$"
)
# After a modal: what is no duty, whoever the subject.
NO_DUTY = re.compile(
    r"^(?:be (?:governed|construed|interpreted|deemed|effective|binding|void|null|considered"
    r"|treated"
    r" as|entitled|liable|valid|enforceable|severable|incorporated|eligible|an? (?:independent"
    r"|original|party|condition)|in (?:effect|force)|conclusive|final|limited|relieved|excused"
    r"|permitted|allowed|free\b|under no|waived|superseded|amended|terminated|renewed|determined"
    r"|calculated|based|equal|the (?:lesser|greater|sum|amount|rate|property|owner|sole)|read|able"
    r"|added|counted|measured|unreasonably|obligated|obliged|required|accepted|in addition|exempt"
    r"|authorized|denied|rejected|reduced)\b"
    r"|mean\b|have (?:the |a |an |any |no |sole |full |access to)|survive|prevail|control\b|govern"
    r"|constitute|inure|supersede|remain (?:in|the|unaffected|liable|a|an|bound|subject|unchanged)"
    r"|continue (?:in|until|for|to be|through)|expire|lapse|begin|commence|start on|take effect"
    r"|become|result|exist|occur|accrue|consist|apply (?:to|only|in|with|where|unless|for)"
    r"|lose|be$|last\b|run\b|affect|renew|cease\b|end\b|automatically (?:renew|terminate)|never be"
    r"|own\b|retain (?:the right|all|sole|ownership|title)|receive|benefit|qualify|need\b"
    r"|either party|no effect|benefit|represent\b)"
)
NO_DUTY_NEGATED = re.compile(
    r"^(?:perform\b[^.]{0,120}\bexcused|be\b(?! (?:billed|charged|balance|disclosed|used|sold"
    r"|denied payment|held|reduced|denied"
    r"|discriminated|released|asked|collected|sent|shared|recovered|taken))"
    r"|pay\b(?! (?:by|less))|paid|cover|have|own|mean|guarantee|promise|"
    r"warrant|affect|impair|relieve|constitute|need|want|know|apply"
    r"|create|extend|necessarily|matter|exceed|depend|make any repres|put\b"
    r"|alter|change (?:the|this)|become|remain|survive|lose|receive|owe|count)"
)
SUBORDINATE = re.compile(
    r"(?:\b(?:(?<!beyond )(?<!after )(?<!before )(?<!for )(?<!of )that|which|whom|where|if"
    r"|unless|until|till|when|whenever|once|than|because|since"
    r"|although|though|while|whether|as|what|how|whose|whatever|the (?:day|date|time|extent|way)"
    r"|says|states|means|requires?|(?:before|after|until) the|before|after|or))\s*$"
)
PROMISED_THAT = re.compile(r"(?:provided|agreed?s?|covenants?|undertakes?|promises?|provided,"
                           r" however,?|except|provide[sd]?|warrants?) that\s*$")  # fmt: skip
BOTH = (
    r"(?:neither (?:party|side|provider nor payer|payer nor provider|of (?:us|them|the parties))"
    r"|no party|(?:either|each|both)(?: of)?(?: the)? (?:part(?:y|ies)|sides?|us|them)"
    r"|the(?: two)? parties(?: hereto)?|the parties|parties|we both|both (?:of us"
    r"|payer and provider"
    r"|provider and payer)|payer and provider|provider and payer)"
)
ONE_PARTY = r"(?:an?|any|the|one|the other) (?:\w+ )?party\b"
CONDITION = re.compile(
    r"\b(?:if (?!(?:that|this|it) is (?:later|earlier|sooner|longer)|later|earlier|sooner|any\b"
    r"|applicable|possible)|unless|when|whenever|upon (?=\w)|in the event|in case"
    r"|should (?=provider|payer|either|a|an"
    r"|any)|to the extent|once (?!a |an |every|in|each|per)|where(?!by|as|upon|ver)|so"
    r" long as|on (?:written )?request|after receiving)\b"
)
THIRD = re.compile(
    r"\b(?:members?|enrollees?|patients?|subscribers?|insureds?|state|department|cms|commissioner"
    r"|division|arbitrators?|mediator|court|law|congress|agency|secretary|employer|sponsors?"
    r"|nothing"
    r"|failure|headings?|invalidity|waiver|remedies|rights|term|agreement|person|amendment|no one"
    r"|payors?|vendor)\b"
)
# Verbs that put a duty when they are told in the present tense.
_VERB_WORDS = (
    "accept acknowledge add adhere administer adopt advance advise allow announce answer apply "
    "arrange ask assign assist assume attach attempt attend attest balance bear begin bill "
    "bring call carry cause change check close collect complete comply conduct confirm consult "
    "contact contest continue cooperate copy correct cover credit decide defend deliver "
    "describe destroy determine direct discharge disclose discriminate discuss display "
    "distribute document edit educate employ ensure enter establish examine exchange explain "
    "extrapolate file finish follow forward furnish give go grant guard handle help hold honor "
    "honour identify include indemnify inform insure investigate issue join keep leave let "
    "limit list load look mail maintain make measure meet mend monitor move name negotiate "
    "notify observe obtain offer open order participate pass pay perform permit place post "
    "prepare present preserve process produce promote protect provide publish put reach read "
    "recheck record recover refer refrain refresh refund register release repair repay "
    "replace reply report request require resolve respect respond retain return review revise "
    "schedule screen secure see seek send serve settle share show sign spell start stop store "
    "submit supply support talk tell train transfer transmit treat try turn update use validate "
    "verify wait write "
)
VERBS = frozenset(_VERB_WORDS.split())
