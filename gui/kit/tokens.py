"""The colours of both themes, by what they mean."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """One meaning per hue: `accent` is the loss, `grad` the gradient, `target` the target, `ink` the probe.

    Colours are "#RRGGBB". `classes` are told apart also without hue: the class is always printed too.
    """

    name: str
    dark: bool
    app: str
    surface: str
    surface2: str
    raised: str
    hover: str
    press: str
    line: str
    line2: str
    ctl: str
    axis: str
    grid: str
    text: str
    text2: str
    text3: str
    accent: str
    soft: str
    onaccent: str
    grad: str
    target: str
    ink: str
    p1: str
    p2: str
    p3: str
    err: str
    errsoft: str
    warn: str
    warnsoft: str
    ok: str
    oksoft: str
    classes: tuple[str, ...]
    probability_map: str
    log_map: str
    loss_map: str
    gradient_map: str

    def role(self, role: str) -> str:
        """The colour of a role: loss, grad, target, input, param, weight, plain, p1, p2, p3, or any token."""
        aliases = {"loss": "accent", "param": "accent", "input": "ink", "weight": "text", "plain": "text"}
        return getattr(self, aliases.get(role, role))


LIGHT = Theme(
    name="light",
    dark=False,
    app="#F3F4F6",
    surface="#FFFFFF",
    surface2="#F8F9FA",
    raised="#FFFFFF",
    hover="#ECEEF1",
    press="#E1E4E9",
    line="#E1E4E9",
    line2="#C6CBD3",
    ctl="#858D99",
    axis="#9AA2AE",
    grid="#ECEEF1",
    text="#14171C",
    text2="#47505D",
    text3="#667080",
    accent="#1D5FD1",
    soft="#E6EEFC",
    onaccent="#FFFFFF",
    grad="#BF4A0B",
    target="#0A7460",
    ink="#14171C",
    p1="#8338B4",
    p2="#7D6200",
    p3="#B0276B",
    err="#C4281C",
    errsoft="#FDECEA",
    warn="#8F5B00",
    warnsoft="#FFF4DC",
    ok="#17774A",
    oksoft="#E3F4EA",
    classes=(
        "#536BE8",
        "#7F4509",
        "#206F5F",
        "#760156",
        "#75770D",
        "#462AAA",
        "#009FD4",
        "#560103",
        "#72A333",
        "#948488",
    ),
    probability_map="CET-L17",
    log_map="viridis",
    loss_map="CET-L12",
    gradient_map="CET-D9",
)

DARK = Theme(
    name="dark",
    dark=True,
    app="#0E1013",
    surface="#15181D",
    surface2="#1A1E24",
    raised="#20252C",
    hover="#23282F",
    press="#2C323B",
    line="#282D35",
    line2="#3C434E",
    ctl="#6F7987",
    axis="#5D6673",
    grid="#22272E",
    text="#E9ECF1",
    text2="#AEB6C2",
    text3="#8B94A2",
    accent="#6FA8FF",
    soft="#1A2A45",
    onaccent="#0B1526",
    grad="#FF9B5E",
    target="#41D0AA",
    ink="#FFFFFF",
    p1="#CB9CF2",
    p2="#DDBB4C",
    p3="#F28DBA",
    err="#FF8277",
    errsoft="#3A1B1A",
    warn="#F0B94E",
    warnsoft="#362A12",
    ok="#4FCB8B",
    oksoft="#14301F",
    classes=(
        "#4C8FCE",
        "#965B17",
        "#8AEF9C",
        "#D24181",
        "#E6B400",
        "#7152D4",
        "#1EBEFB",
        "#F07A80",
        "#849909",
        "#F0F0F0",
    ),
    probability_map="inferno",
    log_map="viridis",
    loss_map="CET-CBL2",
    gradient_map="CET-D4",
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}
