"""The causes that a verdict can name: for each, why it is wrong, and one question that helps to find it."""

CAUSES = {
    # what the answer did
    "exception": (None, "Which value in that line is not what you think it is? Print its shape."),
    "wrong type": (None, "What does the last line of your function hand back?"),
    "wrong structure": (None, "How many things are wanted, and in which order?"),
    "wrong shape": (None, "What is the shape of each factor in your last line?"),
    "not finite": (
        "There are NaN or infinite entries in it.",
        "Is there a 0/0, a logarithm of 0 or of a negative number, an overflow?",
    ),
    "input changed in place": (None, "Which line assigns into an argument, or uses += or *= on it?"),
    "not the same twice": (
        "Called twice with the same inputs it gave two different values.",
        "What does it remember from one call to the next, or draw at random?",
    ),
    "too slow": (None, "Is there a loop that never ends, or one that numpy could do at once?"),
    # numbers
    "sign turned": (
        "Every number is right but for its sign.",
        "If you raise the input a little, does the function go up or down?",
    ),
    "factor 2": (
        "It is twice or half of what is right.",
        "Where does a 2 come down from a square, or cancel against a 1/2?",
    ),
    "factor": (
        "All of it is off by the same factor.",
        "Which constant stands in front of the function, and did it survive the differentiation?",
    ),
    "all zeros": ("Every entry is zero.", "Is the result ever written to, after it was made of zeros?"),
    "transposed": (
        "It is the transpose of what is wanted.",
        "Which axis of the result belongs to the input, and which one to the output?",
    ),
    "sum for mean": (
        "The function takes a mean over the batch; this is the derivative of the sum.",
        "Where does the 1/N of the mean go when you differentiate?",
    ),
    "mean for sum": (
        "The function takes a sum over the batch; this is the derivative of the mean.",
        "Does the function divide by the number of examples?",
    ),
    "not summed over the broadcast axis": (
        "The input was broadcast, and its derivative was not summed over the copies.",
        "How many times is each entry of this input used? What happens to the derivatives of all those uses?",
    ),
    "one path lost": (
        "Something is used more than once on the way, and the derivative of only some of its uses is there.",
        "Where do two derivatives meet: are they added with +=, or does = overwrite the first?",
    ),
    "chain factor missing": (
        "The derivative of one step of the chain was left out.",
        "Write the function as a chain of steps: does each step contribute a factor?",
    ),
    "derivative at the wrong place": (
        "The derivative of one step was evaluated with the wrong value plugged in.",
        "Is this derivative written in terms of the step's input or of its output, and which is plugged in?",
    ),
    "function for its derivative": (
        "Where the derivative of a step belongs, the step itself was taken.",
        "What is the derivative of that function, as opposed to its value?",
    ),
    "only the diagonal of the softmax's Jacobian": (
        "Each output of a softmax depends on every input; only its own was followed.",
        "What is the derivative of output i by input j, for i and j that differ?",
    ),
    "wrong side of the kink": (
        "At a max, min, abs or where, the derivative of the branch that was not taken is there.",
        "For an input on this side of the kink, which branch does the function take?",
    ),
    "outside the slopes at the kink": (
        "At a kink any value between the slopes on its two sides is right; this lies outside.",
        "What is the slope just left of the kink, and just right of it?",
    ),
    "regulariser forgotten": (
        "The derivative of the data term is right; that of the regulariser is missing.",
        "The function is a sum of two terms: are both of them differentiated?",
    ),
    "regulariser doubled": (
        "The derivative of the regulariser is there twice.",
        "What is the derivative of (lambda / 2) w^2, as opposed to that of lambda w^2?",
    ),
    "regulariser halved": (
        "Only half of the regulariser's derivative is there.",
        "What is the derivative of lambda w^2, as opposed to that of (lambda / 2) w^2?",
    ),
    "bias penalised": (
        "The penalty was applied to a parameter that the function does not penalise.",
        "Over which parameters does the regulariser of the function sum?",
    ),
    "cotangent ignored": (
        "It is the product with a cotangent of ones, whatever cotangent comes in.",
        "Where does the incoming cotangent enter your formula?",
    ),
    "tangent ignored": (
        "It is the product with a tangent of ones, whatever tangent comes in.",
        "Where does the incoming tangent enter your formula?",
    ),
    "does not follow its inputs": (
        "At another point it gives the same numbers as here, and the right ones are different there.",
        "Is something stored in an earlier call used again, or a number written into the code?",
    ),
    "computed in float32": (
        "It is right to seven digits only: it went through float32 on the way.",
        "Where is an array made with a dtype of its own, or cast?",
    ),
    "a finite difference": (
        "It carries the error of a finite difference: a formula would be right to the last digits.",
        "Can you differentiate the function on paper, and compute that?",
    ),
    # other checks
    "no exception": (
        "It returned a value, where it should refuse these inputs.",
        "What must be tested before a value is returned?",
    ),
    "wrong message": (None, "Does the message tell its reader what to change?"),
    "too many evaluations": (None, "Which values are computed more than once?"),
    "never called": (
        "It never called the function that it was given.",
        "Where do you use that function?",
    ),
    "no property": (None, "On which input could you work this out by hand, and compare?"),
    "remainder does not fall as h squared": (
        "f(x + h d) - f(x) - h g.d should shrink a hundredfold when h shrinks tenfold.",
        "Which of the entries of g, put right, would make the remainder smaller?",
    ),
}

# What to ask about an exception, by its name; the question above where it is another.
ABOUT_EXCEPTIONS = {
    "NotImplementedError": "Is the answer cell filled in, and was it run?",
    "NameError": "Which name in that line was never defined, or is spelt otherwise there?",
    "AssertionError": "Is an assert the right way to refuse? Which exception does the question ask for?",
    "TypeError": "Which operation was asked of which type, and does that type have it?",
    "AttributeError": "Which object in that line is of another type than you think?",
    "KeyError": "Which keys are there, and which one was asked for?",
    "IndexError": "How long is it, and which place was asked for?",
    "ZeroDivisionError": "For which input is the denominator zero?",
    "FloatingPointError": "Which exponential, logarithm or quotient got an argument that is too large, or 0?",
    "RecursionError": "Which call calls itself, and what should end it?",
}
UNKNOWN = "Take the simplest input there is: what should come, by hand, and which line gives something else?"


def words(cause):
    """(why, question) for the name of a cause; a factor may have any number in its name."""
    if cause is None:
        return None, UNKNOWN
    if cause.startswith("factor ") and cause != "factor 2":
        why, ask = CAUSES["factor"]
        return why.replace("the same factor", cause), ask
    # A misconception of the question explains itself.
    return CAUSES.get(cause, (None, None))
