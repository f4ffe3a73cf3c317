"""Ties told by nouns that name a part and by verbs around lists: each shape on sentences of its own."""

from __future__ import annotations

import pytest

from tests.unit.extract.test_rules import told

TIES = {"unitOf", "memberOf", "involves", "ledBy", "partner"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Le laboratoire MARECO a pour tutelles le CNRS et l'Université de Nantes.", {("MARECO", "unitOf", "CNRS"), ("MARECO", "unitOf", "Université de Nantes")}),
        ("Le laboratoire MARECO, dont l'Inria et le CNRS sont les tutelles, recrute.", {("MARECO", "unitOf", "CNRS"), ("MARECO", "unitOf", "Inria")}),
        ("Le laboratoire MARECO, auquel l'Inserm sert de tutelle, recrute.", {("MARECO", "unitOf", "Inserm")}),
        ("Le laboratoire MARECO a deux tutelles : l'Inserm et le CNRS.", {("MARECO", "unitOf", "Inserm"), ("MARECO", "unitOf", "CNRS")}),
        ("L'Inserm, tutelle du laboratoire MARECO, a contribué.", {("MARECO", "unitOf", "Inserm")}),
        ("Le laboratoire MARECO recrute. Ses tutelles sont l'Inserm et l'Inria.", {("MARECO", "unitOf", "Inserm"), ("MARECO", "unitOf", "Inria")}),
        ("Le projet BORA a l'Inria comme coordinateur.", {("BORA", "ledBy", "Inria")}),
        ("Le projet BORA, qui a pour chef de file la société Voltéa, démarre.", {("BORA", "ledBy", "Voltéa")}),
        ("Le projet BORA, dont la société Voltéa est le pilote, démarre.", {("BORA", "ledBy", "Voltéa")}),
        ("Le projet BORA démarre. La société Voltéa en est le chef de file.", {("BORA", "ledBy", "Voltéa")}),
        ("Le projet BORA a pour partenaires l'Inria et la société Voltéa.", {("BORA", "partner", "Inria"), ("BORA", "partner", "Voltéa")}),
        ("L'Inria figure parmi les partenaires du projet BORA.", {("BORA", "partner", "Inria")}),
        ("Parmi les membres du pôle Medicen figurent la société Voltéa et la société Nordal.", {("Voltéa", "memberOf", "Medicen Paris Region"), ("Nordal", "memberOf", "Medicen Paris Region")}),
        ("Tous deux adhérents du pôle Medicen, la société Voltéa et la société Nordal recrutent.", {("Voltéa", "memberOf", "Medicen Paris Region"), ("Nordal", "memberOf", "Medicen Paris Region")}),
        ("Le consortium Hydromar, dont sont membres l'Inria et le CNRS, grandit.", {("Inria", "memberOf", "Hydromar"), ("CNRS", "memberOf", "Hydromar")}),
        ("La société Voltéa compte l'Inria parmi ses partenaires.", {("Voltéa", "partner", "Inria")}),
        ("Le pôle Medicen a pour membre la société Voltéa.", {("Voltéa", "memberOf", "Medicen Paris Region")}),
        ("La société Voltéa, installée à Lyon (Rhône) et adhérente du pôle Medicen, recrute.", {("Voltéa", "memberOf", "Medicen Paris Region")}),
        ("Le projet BORA, auquel sont associés le CNRS et la société Voltéa, démarre.", {("BORA", "involves", "CNRS"), ("BORA", "involves", "Voltéa")}),
        ("BORA, un projet que l'Inria coordonne et dans lequel sont engagés le CNRS et la société Voltéa, démarre.", {("BORA", "ledBy", "Inria"), ("BORA", "involves", "CNRS"), ("BORA", "involves", "Voltéa")}),
        ("L'accord s'inscrit dans le projet BORA, où l'on retrouve, outre la société Voltéa, le CNRS et l'Inria.", {("BORA", "involves", "Voltéa"), ("BORA", "involves", "CNRS"), ("BORA", "involves", "Inria")}),
        ("Le projet BORA démarre. Y collaborent le laboratoire MARECO, que dirige Claire Morel, et la société Voltéa.", {("BORA", "involves", "MARECO"), ("BORA", "involves", "Voltéa")}),
        ("Le projet BORA démarre. L'Inria y est associé, de même que la société Voltéa.", {("BORA", "involves", "Inria"), ("BORA", "involves", "Voltéa")}),
        ("Le projet BORA démarre. S'y joignent l'Inria, la société Voltéa et le CNRS.", {("BORA", "involves", "Inria"), ("BORA", "involves", "Voltéa"), ("BORA", "involves", "CNRS")}),
        ("Participent au projet BORA, depuis l'origine, le laboratoire MARECO, qui relève de l'Inria, et la société Voltéa.", {("BORA", "involves", "MARECO"), ("BORA", "involves", "Voltéa"), ("MARECO", "unitOf", "Inria")}),
        ("L'Inria et la société Voltéa se sont associés dans le projet BORA.", {("BORA", "involves", "Inria"), ("BORA", "involves", "Voltéa")}),
        ("Le laboratoire MARECO, qui relève à la fois du CNRS et de l'Inria, recrute.", {("MARECO", "unitOf", "CNRS"), ("MARECO", "unitOf", "Inria")}),
        ("Le laboratoire MARECO appartient à deux maisons : le CNRS et l'Inria.", {("MARECO", "unitOf", "CNRS"), ("MARECO", "unitOf", "Inria")}),
        ("Le laboratoire MARECO, mixte entre le CNRS et l'Inria, recrute.", {("MARECO", "unitOf", "CNRS"), ("MARECO", "unitOf", "Inria")}),
        ("Le laboratoire MARECO, que le CNRS et l'Inria possèdent en commun, recrute.", {("MARECO", "unitOf", "CNRS"), ("MARECO", "unitOf", "Inria")}),
        ("Le laboratoire MARECO, unité que le CNRS partage avec l'Inria, recrute.", {("MARECO", "unitOf", "CNRS"), ("MARECO", "unitOf", "Inria")}),
        ("Le laboratoire MARECO, à laquelle concourent le CNRS et l'Inria, recrute.", {("MARECO", "unitOf", "CNRS"), ("MARECO", "unitOf", "Inria")}),
        ("Le laboratoire MARECO, dont le CNRS et l'Inria exercent conjointement la tutelle, recrute.", {("MARECO", "unitOf", "CNRS"), ("MARECO", "unitOf", "Inria")}),
        ("Le laboratoire MARECO, unité mixte placée sous la tutelle du CNRS et de l'Inria, recrute.", {("MARECO", "unitOf", "CNRS"), ("MARECO", "unitOf", "Inria")}),
        ("Le pôle Medicen, auquel la société Voltéa est affiliée depuis 2022, recrute.", {("Voltéa", "memberOf", "Medicen Paris Region")}),
        ("Le pôle Medicen, auquel la société Voltéa et l'Inria ont l'un et l'autre adhéré, recrute.", {("Voltéa", "memberOf", "Medicen Paris Region"), ("Inria", "memberOf", "Medicen Paris Region")}),
        ("Le pôle Medicen, dont fait déjà partie la société Voltéa, recrute.", {("Voltéa", "memberOf", "Medicen Paris Region")}),
        ("Le conseil prend acte de l'adhésion de la société Voltéa au pôle Medicen.", {("Voltéa", "memberOf", "Medicen Paris Region")}),
        ("La société Voltéa vient d'intégrer le pôle Medicen.", {("Voltéa", "memberOf", "Medicen Paris Region")}),
        ("Le projet BORA démarre. Le BRGM en assure le pilotage.", {("BORA", "ledBy", "BRGM")}),
        ("Le projet BORA, emmené par la société Voltéa, démarre.", {("BORA", "ledBy", "Voltéa")}),
        ("Le projet BORA, pour lequel la société Voltéa tient la plume, démarre.", {("BORA", "ledBy", "Voltéa")}),
        ("Ce projet BORA, la société Voltéa en a pris la conduite.", {("BORA", "ledBy", "Voltéa")}),
        ("L'unité MARECO a grandi. Cette unité, qui réunit sous un même toit le CNRS et l'Inria, recrute.", {("MARECO", "unitOf", "CNRS"), ("MARECO", "unitOf", "Inria")}),
        ("Le projet BORA, initié par l'Inria, démarre.", {("BORA", "ledBy", "Inria")}),
        ("Copiloté par l'Inria, le projet BORA démarre.", {("BORA", "ledBy", "Inria")}),
        ("Le portage du projet BORA est confié à l'Inria.", {("BORA", "ledBy", "Inria")}),
        ("L'Inria tient les rênes du projet BORA.", {("BORA", "ledBy", "Inria")}),
        ("Le projet BORA, dont l'Inria assure la maîtrise d'œuvre, démarre.", {("BORA", "ledBy", "Inria")}),
        ("Parmi les partenaires du projet BORA figurent l'Inria et le CNRS.", {("BORA", "partner", "Inria"), ("BORA", "partner", "CNRS")}),
        ("Le projet BORA démarre. L'Inria et la société Voltéa figurent parmi ses partenaires.", {("BORA", "partner", "Inria"), ("BORA", "partner", "Voltéa")}),
        ("Le projet BORA démarre. Parmi ses partenaires, on compte l'Inria et la société Voltéa.", {("BORA", "partner", "Inria"), ("BORA", "partner", "Voltéa")}),
        ("La société Voltéa, membre fondateur du pôle Medicen, recrute.", {("Voltéa", "memberOf", "Medicen Paris Region")}),
        ("Le pôle Medicen compte parmi ses adhérents la société Voltéa et la société Nordal.", {("Voltéa", "memberOf", "Medicen Paris Region"), ("Nordal", "memberOf", "Medicen Paris Region")}),
        ("Le pôle Medicen range la société Voltéa parmi ses membres.", {("Voltéa", "memberOf", "Medicen Paris Region")}),
        ("Le GIP Montaval a pour présidente Claire Morel, pour directeur Paul Martin et pour membres l'Inria et la société Voltéa.", {("Inria", "memberOf", "GIP Montaval"), ("Voltéa", "memberOf", "GIP Montaval")}),
        ("Le projet BORA a plusieurs partenaires : l'Inria et le CNRS.", {("BORA", "partner", "Inria"), ("BORA", "partner", "CNRS")}),
        ("La société Voltéa est l'un des partenaires du projet BORA.", {("BORA", "partner", "Voltéa")}),
        ("Le chef de file du projet BORA est la société Voltéa.", {("BORA", "ledBy", "Voltéa")}),
        ("Coordinatrice du projet BORA, la société Voltéa recrute.", {("BORA", "ledBy", "Voltéa")}),
        ("Le projet BORA, dont le coordinateur est l'Inria, démarre.", {("BORA", "ledBy", "Inria")}),
        ("Le projet BORA démarre. En sont partenaires l'Inria et le CNRS.", {("BORA", "partner", "Inria"), ("BORA", "partner", "CNRS")}),
        ("Le projet BORA démarre, avec l'Inria comme coordinateur.", {("BORA", "ledBy", "Inria")}),
        ("Le projet BORA démarre, avec pour partenaires l'Inria et une entreprise de Lyon, Voltéa.", {("BORA", "partner", "Inria"), ("BORA", "partner", "Voltéa")}),
        ("Du projet BORA, l'Inria est le coordinateur.", {("BORA", "ledBy", "Inria")}),
        ("Le projet BORA, dans lequel l'Inria et le CNRS sont embarqués, démarre.", {("BORA", "involves", "Inria"), ("BORA", "involves", "CNRS")}),
        ("Le projet BORA démarre. L'Inria et la société Voltéa lui prêtent leur concours.", {("BORA", "involves", "Inria"), ("BORA", "involves", "Voltéa")}),
        ("L'Inria et le CNRS sont parties prenantes du projet BORA.", {("BORA", "involves", "Inria"), ("BORA", "involves", "CNRS")}),
        ("Le laboratoire MARECO, placé sous la double tutelle du CNRS et de l'Inria, recrute.", {("MARECO", "unitOf", "CNRS"), ("MARECO", "unitOf", "Inria")}),
        ("Le laboratoire MARECO, dont l'Inria assure la tutelle avec le CNRS, recrute.", {("MARECO", "unitOf", "CNRS"), ("MARECO", "unitOf", "Inria")}),
        ("Le laboratoire MARECO, que se partagent le CNRS et l'Inria, recrute.", {("MARECO", "unitOf", "CNRS"), ("MARECO", "unitOf", "Inria")}),
        ("La société Voltéa est affiliée au pôle Medicen.", {("Voltéa", "memberOf", "Medicen Paris Region")}),
        ("La société Voltéa est née à Lyon. Membre du pôle Medicen depuis 2016.", {("Voltéa", "memberOf", "Medicen Paris Region")}),
        ("Le projet BORA démarre. L'Inria et le CNRS en sont parties prenantes.", {("BORA", "involves", "Inria"), ("BORA", "involves", "CNRS")}),
        ("L'Inria et le CNRS conduiront ensemble le projet BORA.", {("BORA", "ledBy", "Inria"), ("BORA", "ledBy", "CNRS")}),
        ("Avec l'Inria et le CNRS, la société Voltéa conduit le projet BORA.", {("BORA", "partner", "Inria"), ("BORA", "partner", "CNRS"), ("BORA", "ledBy", "Voltéa"), ("Voltéa", "partner", "Inria"), ("Voltéa", "partner", "CNRS")}),
        ("Pilotée par l'institut MARECO, unité de recherche que se partagent l'Inria, le CNRS et l'Inserm, la plateforme ALIZÉ ouvre.", {("ALIZÉ", "ledBy", "MARECO"), ("MARECO", "unitOf", "Inria"), ("MARECO", "unitOf", "CNRS"), ("MARECO", "unitOf", "Inserm")}),
        ("Le projet BORA réunit deux jeunes sociétés de Lyon, Voltéa et Nordal.", {("BORA", "involves", "Voltéa"), ("BORA", "involves", "Nordal")}),
        ("BORA, projet que le CNRS a doté et qui avait pour coordinateur l'Inria, s'achève.", {("BORA", "ledBy", "Inria")}),
        ("Le projet BORA, auquel sont associées deux sociétés lyonnaises, Voltéa et Nordal, démarre.", {("BORA", "involves", "Voltéa"), ("BORA", "involves", "Nordal")}),
        ("• BORA (450 000 €) : coordonné par l'Inria en partenariat avec le CNRS.", {("BORA", "ledBy", "Inria"), ("BORA", "partner", "CNRS")}),
        ("Le projet BORA démarre. Contribuent aux travaux l'Inria et la société Voltéa.", {("BORA", "involves", "Inria"), ("BORA", "involves", "Voltéa")}),
    ],
)  # fmt: skip
def test_states_these_ties_and_no_others(sentence: str, expected: set[tuple[str, str, str]]) -> None:
    assert {t for t in told(sentence) if t[1] in TIES} == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "De ce projet, l'Inria est le coordinateur.",
        "La société Voltéa n'est pas membre du pôle Medicen.",
        "Le projet BORA n'a pas l'Inria pour coordinateur.",
        "L'Inria ne participe pas au projet BORA.",
        "La société Voltéa souhaite adhérer au pôle Medicen.",
        "Le projet BORA, sur lequel l'Inria et le CNRS collaborent, démarre.",
        "L'effectif de la société Voltéa ne compte aucun partenaire.",
        "Le laboratoire MARECO et l'Inria ont été sollicités comme partenaires.",
    ],
)
def test_states_no_tie(sentence: str) -> None:
    assert not {t for t in told(sentence) if t[1] in TIES}
