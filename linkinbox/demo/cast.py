"""The few whose words are written by hand: who became valuable, who is held, called, owed an answer, and who is new."""

from __future__ import annotations

from typing import NamedTuple


class Gold(NamedTuple):
    """Someone who became a valuable contact, and what was handled on the way to them."""

    name: str
    note: str  # with the invitation
    work: tuple[str, str]
    talk: tuple[str, ...]  # after it: theirs and the owner's in turn, theirs first, the owner's last
    why: str  # the reason for which they were accepted
    reason: str  # the owner's note with the accept
    learned: tuple[str, ...]  # the owner's notes afterwards
    call: bool  # a call was held; otherwise marked
    days: tuple[int, int]  # from the first decision of the path to the one that let them in, days ago
    junk: int
    bulk: int
    accepted: int
    done: int


GOLDS: tuple[Gold, ...] = (
    Gold(
        "Priya Nair", "Your checklist for reefer handovers saved us a full container of mangoes. Could I ask how you "
        "weigh door-open minutes?", ("Mirador Cold", "Co-founder"),
        ("Thank you for accepting, Robin. Short version of my question: is 12 minutes at the dock already a claim?",
         "Depends on the pulp temperature at loading. Shall we talk it through?",
         "Gladly. I can bring our logs from the last three shipments.", "Perfect. Monday?"),
        "a real question", "wrote a real question",
        ("#offers temperature logs of 400 mango shipments", "#needs a second auditor in Pune"),
        call=True, days=(115, 103), junk=38, bulk=60, accepted=12, done=3,
    ),
    Gold(
        "Luis Marín", "Inés Peña said we should know each other: I run the night shift at the Algeciras cold store.",
        ("Tidewater Cold Stores", "Night Operations Lead"),
        ("Inés sends her regards. If you ever need real dock times, ask me.", "I will! Thank you, Luis."),
        "a shared contact", "friend of Inés",
        ("gave me dock times of two summers", "#offers a look at a night shift"),
        call=False, days=(102, 96), junk=9, bulk=0, accepted=5, done=1,
    ),
    Gold(
        "伊藤 美咲", "ニュースレターを毎号読んでいます。冷凍マグロの物流について一度お話しできれば嬉しいです。",
        ("Kaze Reizo", "Logistics Manager"),
        ("Thank you for connecting. My English is slow, a call with slides would be kind.", "With slides, of course.",
         "Wonderful. I will send three pictures of our dock before.", "They arrived, thank you."),
        "speaks of something of yours", "reads every issue, tuna at -60 °C",
        ("#needs an English editor for a paper on thaw rates",),
        call=True, days=(87, 81), junk=31, bulk=0, accepted=8, done=2,
    ),
    Gold(
        "Kwame Boateng", "We put second-hand reefers on solar in Tema. You wrote that it cannot work. May I disagree?",
        ("Suncrate", "Founder"),
        ("I brought numbers: 71 % uptime without diesel, 94 % with two spare batteries.",
         "Then I was wrong, and would like to write that. Can you spare 40 minutes?", "For that, 60.", "Deal."),
        "a real question", "disagrees, with numbers",
        ("article out, credited", "#needs battery suppliers", "#offers field data"),
        call=True, days=(79, 61), junk=64, bulk=24, accepted=15, done=4,
    ),
    Gold(
        "Zofia Żurek", "Underwriter for perishable cargo here. Your post on rejected berries matches our claims file.",
        ("Kestrel & Finch Insurance", "Cargo Underwriter"),
        ("Would you look at two anonymised claims? Paid, naturally.", "Yes. Please send them."),
        "speaks of something of yours", "claims data; may become a client",
        ("sent two claims, invoice 041 paid", "#offers claims statistics"),
        call=False, days=(59, 49), junk=17, bulk=0, accepted=8, done=2,
    ),
    Gold(
        "Amara Okafor", "", ("Meridian Vaccines Logistics", "Validation Specialist"),
        ("No note on my invitation, sorry. I validate vaccine boxes and we use your door-open table in training.",
         "That is the best news of my week. How do people misread it?", "In three ways. Call me when you have coffee.",
         "Tomorrow, then."),
        "", "empty invitation, and look at this",
        ("#needs a speaker for the Lagos course", "introduced to Kwame"),
        call=True, days=(47, 34), junk=12, bulk=12, accepted=5, done=1,
    ),
    Gold(
        "Tomás Quiroga", "I teach postharvest physiology in Mendoza and would like to use your two pallets.",
        ("Institute for Postharvest Studies", "Research Fellow"),
        ("My students found a mistake in the second pallet. May I show you?", "Please do!",
         "It is small, and it makes your point stronger.", "Those are the best ones."),
        "speaks of something of yours", "found my mistake",
        ("#offers a lab for respiration tests", "course starts in March, I join for one lecture"),
        call=True, days=(31, 6), junk=33, bulk=0, accepted=11, done=2,
    ),
)  # fmt: skip


class Guest(NamedTuple):
    """Someone with an invitation, and what they wrote with it."""

    days: float  # ago
    name: str
    note: str = ""
    reason: str = ""  # the owner's note


class Thread(NamedTuple):
    """A conversation that is new: the others' words, and the owner's after a ``>``; the newest last."""

    days: float  # ago, of the newest
    names: tuple[str, ...]
    lines: tuple[str, ...]
    title: str = ""
    subject: str = ""
    advertiser: str = ""  # then it is a campaign's


HELD: tuple[tuple[Guest, float], ...] = (  # and until when, in days from now
    (Guest(20.2, "Ellie Penrose", "Still looking for a co-author for the dock handbook?", "ask Tomás first"), -0.05),
    (Guest(24.0, "Oğuz Aydınlı", "In Hamburg the week of the fruit fair. Coffee?", "when the dates are out"), 0.9),
    (Guest(26.5, "Håkon Ødegaard", "We hire an auditor in spring, thought of you.", "after the budget round"), 12.2),
    (Guest(28.0, "刘雪梅", "您好,我们出口冷冻荔枝,想请教温度记录的问题。", "have it translated properly"), 3.3),
    (Guest(29.1, "Silke Vogt", "", "might be the Vogt from the dairy audit"), 40.0),
)  # fmt: skip

CALLED: tuple[tuple[Guest, float], ...] = (  # and when, in days from now
    (Guest(12.3, "Nora Whitby", "I buy for 40 village shops and lose a tenth of the lettuce. Is that normal?",
           "honest question, no pitch"), 0.11),
    (Guest(15.0, "Rohan Kulkarni", "Building open-source loggers at 9 € a piece. I'd value your doubts.",
           "loggers: bring the Pune numbers"), 3.2),
)  # fmt: skip

CAMPAIGNS: tuple[Thread, ...] = tuple(
    Thread(days, (firm,), (offer,), title=f"{firm} for growing teams", advertiser=firm)
    for days, firm, offer in (
        (6.0, "Nimbus Hosting", "Your servers deserve better. Get 3 months free."),
        (10.5, "Bookwise CRM", "Sales people hate typing. Bookwise types for them."),
        (18.2, "Coachably", "Is your leadership style costing you %COMPANYNAME%'s best people?"),
        (25.4, "Hypertask", "Do more in less, with AI agents that attend meetings for you."),
    )
)

NO_SHOW = Guest(66.0, "Dylan Locke", "Would love to pick your brain on cold rooms for a brewery.", "hops and yeast")

OWED: tuple[Guest, ...] = (
    Guest(9.4, "Anke Höhne", "Which logger did you use in the berry test? Ours drifts by half a degree.", "look it up"),
    Guest(17.8, "Sipho Dlamini", "Could you sign the reference letter until the end of the month?"),
    Guest(23.1, "Beatriz Araújo", "Did the translation of chapter two reach you?", "it did; thank her"),
)


FRESH_THREADS: tuple[Thread, ...] = (
    Thread(2.02, ("Priya Nair",), (
        "The second auditor you named has signed.", "> That was quick. How did the first audit go?",
        "Well! Two doors left open, nobody hurt. Thanks, Tuesday works for the debrief.")),
    Thread(2.9, ("Hazel Tully", "Rémi Théry", "Agnieszka Kłos"), (
        "Who of us goes to the fruit fair? I have a spare badge.", "Me, both days.",
        "> I come on Thursday.", "Then dinner on Thursday? I know a place that serves soup until midnight 🍲"),
        title="Fruit fair"),
    Thread(3.4, ("LinkedIn Member",), (
        "Still finding customers by hand? Our webinar shows every %JOBTITLE% how to grow a pipeline asleep.",),
        title="Sponsored Conversation", advertiser="Pipelinery"),
    Thread(4.6, ("Jürgen Grünwald",), (
        """\
Robin, the cold room at the school kitchen fails every Friday afternoon. The technician finds nothing.

My guess: the delivery at two, with both doors open. Could that be all? I can send the curve.""",)),
    Thread(6.2, ("Ruth Winslow",), (
        "I'm looking for a Head of Cold Chain at a food bank network. Not well paid, and it matters. Interested?",),
        subject="Head of Cold Chain, food banks"),
    Thread(7.7, ("ليلى حداد",), (
        "مرحباً روبن، قرأت مقالك عن نقل التمور المبرّدة. هل يمكنني ترجمته إلى العربية ونشره مع ذكر المصدر؟",)),
    Thread(9.0, ("Gaëtan Besançon",), (
        "> Did the pallets arrive?", "They did, at 3.8 °C! Merci mille fois.",)),
    Thread(11.5, ("Marta Calderón",), ("Thanks for connecting, Robin!",)),
    Thread(13.2, ("Jack Hargreave",), (
        "Hi Robin, following up on my previous message. Did you get a chance to look at our lead generation offer?",
        "Hi again! Just floating this to the top of your inbox.",
        "Last try: should I close your file?"), subject="30 new leads a month"),
    Thread(16.4, ("Ірина Мельник",), (
        "Доброго дня, Robin! У нас склад ягід біля Луцька. Чи проводите ви аудит дистанційно?",)),
    Thread(19.9, ("Conceição Brandão",), ("👋🏽", "Is this still the right address for the berry newsletter?")),
    Thread(22.3, ("Wanjiru Kamau",), (
        "We log `<door>` and `</door>` events as in your appendix: a < b means closed. Should it refuse the rest?",)),
)  # fmt: skip

FRESH: tuple[Guest, ...] = (
    Guest(2.1, "Ana Ruiz", "Enjoyed your talk on cold-chain audits. We run three reefer terminals on the Maas and "
          "I would love to compare notes on door-open minutes."),
    Guest(2.2, "Sam Cole", "Hi Robin, we help firms like yours book a quick 15-min call with 30 new leads a month. "
          "Worth it? Sam, Leadharvest"),
    Guest(2.5, "高橋 さくら"),
    Guest(2.7, "Frieda Möller", "Hi Robin, we help firms like yours book a quick 15-min call with 30 new leads a "
          "month. Worth it? Frieda, Growthmill"),
    Guest(3.1, "Олена Шевчук", "Ми возимо малину з-під Вінниці. Ваш чек-лист перекладено українською, дякую!"),
    Guest(3.3, "Dr. Maximiliane Theodora Freifrau von Hohenstein-Wallburg, Ph.D., MBA, CSCP, PMP®, Six Sigma",
          "Let us connect."),
    Guest(3.8, "Tunde Adeyemi", "Student of food engineering. One question: why do you never give a limit value?"),
    Guest(4.1, "नीरा शर्मा", "नमस्ते! I translate technical manuals, Hindi and English. Your glossary helped."),
    Guest(4.4, "Vũ Quỳnh"),
    Guest(5.0, "[bold red]Max Tester[/] <b>& Sons</b>", "If this is red, your inbox trusts strangers."),
    Guest(5.5, "Owen Marsh", "Worked with Luis in Algeciras for six years. He says you ask good questions."),
    Guest(5.9, "Şebnem Gökçe"),
    Guest(6.6, "", ""),
    Guest(7.1, "عمر منصور", "نشحن التمور إلى أوروبا ونبحث عن مدقق مستقل."),
    Guest(7.3, "Uwe Krüger", "Hey Robin! I'm with Scalebarn and we scale firms to 6 figures on autopilot. Open to a "
          "quick 15-min call this week?"),
    Guest(8.2, "Ingeborg Lindström", "We have an empty seat on the jury for the Nordic cold store award. Interested?"),
    Guest(8.8, "박서연"),
    Guest(9.6, "Ananya Rao", "Your door-open table is printed above my desk 😊"),
    Guest(10.1, "Davi Falcão"),
    Guest(10.7, "Mo 🐟🧊 Salah-Fisher", "Fishmonger, not footballer. Ice questions!"),
    Guest(11.0, "Apolline Chénier", "Je cherche un relecteur pour un guide des fromages affinés en chambre froide."),
    Guest(11.8, "Emre Yıldız", "Robin, quick question: who handles lead generation at Vale? Dealspark guarantees 10 "
          "meetings or you don't pay."),
    Guest(12.9, "Δάφνη Παππά"),
    Guest(13.6, "Paweł Świerk", "You audited our neighbour in Gdynia. When could you come to us?"),
    Guest(14.2, "Ngozi Mensah"),
    Guest(14.9, "王静怡", "您好,我在深圳做冷链传感器。"),
    Guest(15.7, "Loïc Noël"),
    Guest(16.1, "Arjun Iyer", "Hello Robin, Devshore 24 builds apps at $18/hr with a dedicated team. Can I send our "
          "portfolio? Regards, Arjun"),
    Guest(17.2, "Lucía Núñez", "I write about food waste for a regional paper. Could I quote your numbers?"),
    Guest(18.0, "Nils Sjöberg"),
    Guest(18.6, "Bùi Ngọc", "Dragon fruit exporter. We lose two days at the border and would like them back."),
    Guest(19.3, "Käthe Schäfer"),
    Guest(20.8, "Zanele Okafor", "Amara is my sister. She says you answer everyone. True?"),
    Guest(21.4, "小林 健一"),
    Guest(22.0, "Moritz Becker", "Hi Robin, I coach founders who are stuck at one revenue. My masterclass has 7 seats "
          "🚀 Moritz @ Coachably"),
    Guest(23.7, "Νίκος Ζήση"),
    Guest(25.2, "Élodie Gauthier", "On se connaît du salon des primeurs, stand des palettes bleues."),
    Guest(26.0, "João Simões"),
    Guest(27.5, "강지호", "냉동 물류 창고를 운영합니다. 반갑습니다."),
    Guest(28.8, "Ishita Saxena"),
)  # fmt: skip
