from core.ctc.clinic_beside import beside_clinic
from core.doctor import Finding
from core.text import say


def of(*rules: str) -> list[Finding]:
    return [Finding(rule, "warning", say("test", rule), say("test", ""), say("test", "")) for rule in rules]


def rules(findings) -> list[str]:
    return [finding.rule for finding in findings]


def test_that_of_one_sequence_the_clinic_says_it_itself() -> None:
    assert rules(beside_clinic(of("T1", "T6", "T20", "T16"), 1)) == ["T16"]


def test_that_of_many_sequences_the_others_are_told_too() -> None:
    assert rules(beside_clinic(of("T1", "T6", "T20", "T16"), 4)) == ["T6", "T20", "T16"]


def test_that_of_a_refused_batch_everything_is_told() -> None:
    assert rules(beside_clinic(of("T1", "T5"), 0)) == ["T1", "T5"]


def test_that_probabilities_of_all_frames_are_told_by_the_clinic_of_each_sequence() -> None:
    assert rules(beside_clinic(of("T7", "T4"), 4)) == ["T4"]
