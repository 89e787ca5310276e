import numpy as np
import pytest

from core.ctc.compare import compare, explain_loss
from core.ctc.labels import extend
from core.ctc.lattice import lattice_of
from core.ctc.sequence import toy_sequence
from core.errors import InputError
from core.jobs import finish

ALPHABET = ("ε", "h", "e", "l", "o")


def a_sequence(T=14, text="hello", blank=0, seed=3):
    logits = 2.0 * np.random.default_rng(seed).normal(size=(T, 5))
    return toy_sequence(text, ALPHABET, logits, blank)


def exact(sequence):
    return lattice_of(sequence.log_probs, sequence.labels, sequence.blank)


def compared(sequence, given):
    return finish(compare(sequence, exact(sequence), np.asarray(given)))


def own_alpha(sequence, may_skip=None, starts=(0, 1), blank=None, shift=0, add=np.logaddexp):
    """A hand-written forward pass with loops, to plant mistakes in."""
    blank = sequence.blank if blank is None else blank
    z = extend(sequence.labels, blank)
    T, S = len(sequence.log_probs), len(z)
    log_probs = sequence.log_probs[np.clip(np.arange(T) + shift, 0, T - 1)]
    may_skip = may_skip or (lambda s: z[s] != blank and z[s] != z[s - 2])
    alpha = np.full((T, S), -np.inf)
    for s in starts:
        alpha[0, s] = log_probs[0, z[s]]
    for t in range(1, T):
        for s in range(S):
            total = alpha[t - 1, s]
            if s >= 1:
                total = add(total, alpha[t - 1, s - 1])
            if s >= 2 and may_skip(s):
                total = add(total, alpha[t - 1, s - 2])
            alpha[t, s] = total + log_probs[t, z[s]]
    return alpha


def underflowing(sequence, dtype):
    """The same in probabilities of a small dtype."""
    z, skip = extend(sequence.labels, 0), exact(sequence).skip
    p = np.exp(sequence.log_probs).astype(dtype)
    alpha = np.zeros((len(p), len(z)), dtype)
    alpha[0, :2] = p[0, z[:2]]
    with np.errstate(under="ignore"):
        for t in range(1, len(p)):
            for s in range(len(z)):
                total = alpha[t - 1, s]
                if s >= 1:
                    total = total + alpha[t - 1, s - 1]
                if skip[s]:
                    total = total + alpha[t - 1, s - 2]
                alpha[t, s] = total * p[t, z[s]]
    return alpha


@pytest.mark.parametrize("transposed", [False, True])
@pytest.mark.parametrize("frames", [(0, 0), (1, 0), (0, 3)])
@pytest.mark.parametrize("rows", [(0, 0), (2, 0), (1, 2)])
@pytest.mark.parametrize("domain", ["log", "linear", "scaled"])
def test_orientation_padding_and_domain_are_found(transposed, frames, rows, domain):
    sequence = a_sequence()
    alpha = own_alpha(sequence)
    if domain == "linear":
        alpha = np.exp(alpha)
    if domain == "scaled":
        alpha = np.exp(alpha - np.logaddexp.reduce(alpha, axis=1, keepdims=True))
    given = np.pad(alpha, (frames, rows), constant_values=-np.inf if domain == "log" else 0.0)
    found = compared(sequence, given.T if transposed else given)
    layout = found.layout
    assert found.first is None
    assert (layout.transposed, layout.domain) == (transposed, domain)
    assert (layout.first_frame, layout.last_frames, layout.first_row, layout.last_rows) == (*frames, *rows)
    words = {"log": "natural logarithms", "linear": "probabilities", "scaled": "scaled to sum to 1"}[domain]
    assert words in str(found.summary)
    assert ("rows first" if transposed else "frames first") in str(found.summary)


def test_a_square_alpha_is_read_the_way_that_agrees():
    sequence = a_sequence(T=11)
    for given in (own_alpha(sequence), own_alpha(sequence).T):
        assert compared(sequence, given).first is None


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_rounding_is_no_difference(dtype):
    sequence = a_sequence(T=300)
    assert compared(sequence, own_alpha(sequence).astype(dtype)).first is None


@pytest.mark.parametrize("zero", [-1e5, -1e30])
def test_a_stand_in_for_log_zero_is_no_difference(zero):
    sequence = a_sequence()
    alpha = own_alpha(sequence)
    alpha[alpha == -np.inf] = zero
    assert compared(sequence, alpha).first is None


def test_cells_that_cannot_finish_may_be_left_out():
    sequence = a_sequence()
    lattice = exact(sequence)
    assert compared(sequence, np.where(lattice.beta == -np.inf, -np.inf, lattice.alpha)).first is None


HELL = (1, 2, 3, 3)
MISTAKES = {
    "skip_equal": {"may_skip": lambda s: s % 2 == 1},
    "skip_into_blank": {"may_skip": lambda s: s % 2 == 0 or HELL[s // 2] != HELL[s // 2 - 1]},
    "skip_everywhere": {"may_skip": lambda s: s > 0},
    "no_skip": {"may_skip": lambda s: s < 0},
    "no_second_start": {"starts": (0,)},
    "no_first_start": {"starts": (1,)},
    "starts_anywhere": {"starts": range(9)},
    "blank_4": {"blank": 4},
    "late": {"shift": -1},
    "early": {"shift": 1},
    "maximum": {"add": np.maximum},
}


@pytest.mark.parametrize("key", MISTAKES)
@pytest.mark.parametrize("transposed", [False, True])
def test_a_planted_mistake_is_named(key, transposed):
    sequence = a_sequence(text="hell")
    alpha = own_alpha(sequence, **MISTAKES[key])
    found = compared(sequence, alpha.T if transposed else alpha)
    assert found.bug is not None
    assert (found.bug.key, found.explains) == (key, True)
    wrong = ~np.isclose(alpha, exact(sequence).alpha, rtol=1e-6)
    assert list(found.first) == np.argwhere(wrong)[0].tolist()
    assert str(found.bug.title) in str(found.summary)


def test_a_blank_taken_for_class_0_is_named():
    sequence = toy_sequence("ab", ("a", "b", "ε"), np.random.default_rng(0).normal(size=(8, 3)), blank=2)
    found = compared(sequence, own_alpha(sequence, blank=0))
    assert (found.bug.key, found.explains) == ("blank_0", True)
    assert "The blank is class 2 here." in str(found.summary)


def test_an_alpha_without_its_own_emission_is_named():
    sequence = a_sequence()
    lattice = exact(sequence)
    with np.errstate(invalid="ignore"):
        found = compared(sequence, lattice.alpha - lattice.emission)
    assert (found.bug.key, found.explains) == ("no_emission", True)


@pytest.mark.parametrize(("dtype", "T"), [("float16", 40), ("float32", 150), ("float64", 900)])
def test_underflow_is_named_with_the_dtype(dtype, T):
    sequence = a_sequence(T=T)
    alpha = underflowing(sequence, dtype)
    found = compared(sequence, alpha)
    assert found.layout.domain == "linear"
    assert (found.bug.key, found.explains) == (f"underflow_{dtype}", True)


def test_an_unknown_mistake_is_placed_in_order_of_dependency():
    sequence = a_sequence()
    alpha = own_alpha(sequence)
    alpha[6, 3] += 0.5
    alpha[5, 7] -= 0.5
    found = compared(sequence, alpha)
    assert found.first == (5, 7)
    assert not found.explains
    assert np.argwhere(found.differs).tolist() == [[5, 7], [6, 3]]
    assert "α(5, 7) is the first that differs" in str(found.summary)


def test_a_mistake_that_explains_only_the_beginning_is_offered_as_such():
    sequence = a_sequence(text="hell")
    alpha = own_alpha(sequence, starts=(0,))
    alpha[9, 4] += 0.5
    found = compared(sequence, alpha)
    assert (found.bug.key, found.explains) == ("no_second_start", False)
    assert "Up to frame 9 this would explain it" in str(found.summary)


def test_whole_numbers_are_read_as_probabilities():
    sequence = toy_sequence("", ALPHABET, np.array([[900.0, 0, 0, 0, 0]] * 3))
    found = compared(sequence, np.ones((3, 1), dtype=np.int64))
    assert found.first is None


def test_torchs_padded_batch_is_read_at_the_sequences_own_index():
    sequence = a_sequence()
    batch = np.full((3, 20, 15), np.nan)
    batch[0, :14, :11] = own_alpha(sequence)
    assert compared(sequence, batch).first is None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (np.zeros((3, 4)), "14 frames of 11 rows do not fit"),
        (np.zeros(5), r"\(T, S\) is expected"),
        (np.full((14, 11), "a"), "not numbers"),
    ],
)
def test_an_array_that_cannot_be_alpha_is_refused(given, words):
    with pytest.raises(InputError, match=words):
        compared(a_sequence(), given)


def test_a_forgotten_end_is_seen_in_the_loss():
    lattice = exact(a_sequence())
    assert explain_loss(lattice, -lattice.log_likelihood) is None
    assert "S − 2, was forgotten" in str(explain_loss(lattice, -lattice.alpha[-1, -1]))
    assert "S − 1, was forgotten" in str(explain_loss(lattice, -lattice.alpha[-1, -2]))
    assert explain_loss(lattice, 1e3) is None
