"""The many: invented names from many places, and what those write who write to everyone."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

# Given names and family names of one place, so that a name never mixes two.
_PLACES: tuple[tuple[str, str, str], ...] = (
    ("Ana Luis Marta Diego Lucía Andrés Inés Tomás", "Ruiz Marín Ibáñez Calderón Peña Quiroga Núñez Vidal", "{} {}"),
    ("Sam Nora Jack Ellie Owen Ruth Dylan Hazel", "Cole Whitby Marsh Penrose Tully Hargreave Locke Winslow", "{} {}"),
    ("Jürgen Anke Björn Käthe Moritz Silke Uwe Frieda", "Becker Grünwald Schäfer Möller Krüger Vogt Höhne", "{} {}"),
    ("Zoë Rémi Élodie Gaëtan Maëlle Loïc Apolline", "Lefèvre Chénier Gauthier Besançon Noël Théry Garçon", "{} {}"),
    ("Łukasz Agnieszka Paweł Zofia Grzegorz Małgosia", "Wójcik Zieliński Dąbrowska Kłos Świerk Żurek", "{} {}"),
    ("Søren Åse Bjørg Nils Ingeborg Håkon Maja", "Nygård Ødegaard Lindström Sjöberg Åkesson Hølm", "{} {}"),
    ("Çağla Emre Şebnem Oğuz Ipek Yiğit", "Yıldız Gökçe Şahin Aydınlı Çelik Öz", "{} {}"),
    ("Ngọc Thảo Dũng Hương Minh Quỳnh", "Nguyễn Trần Phạm Đặng Vũ Bùi", "{1} {0}"),
    ("Оксана Тарас Олена Богдан Ірина Марко", "Бондар Шевчук Коваль Мельник Лисенко Гончар", "{} {}"),
    ("Ελένη Νίκος Δάφνη Γιώργος Σοφία Πέτρος", "Παππά Ιωάννου Δήμου Αλεξίου Ζήση Κάππα", "{} {}"),
    ("Priya Arjun Kavya Rohan Ishita Vikram Ananya", "Nair Deshpande Iyer Kulkarni Banerjee Rao Saxena", "{} {}"),
    ("Amara Kwame Ngozi Tunde Zanele Sipho Wanjiru", "Okafor Mensah Adeyemi Dlamini Kamau Boateng", "{} {}"),
    ("Tiago Beatriz João Conceição Davi Luíza", "Araújo Conceição Magalhães Brandão Falcão Simões", "{} {}"),
    ("美咲 翔太 結衣 健一 さくら 大輔", "伊藤 佐々木 山口 高橋 中村 小林", "{1} {0}"),
    ("伟 静怡 浩然 雪梅 子轩 丽华", "王 陈 刘 欧阳 赵 黄", "{1}{0}"),
    ("민준 서연 지호 하은 도윤", "김 박 최 윤 강", "{1}{0}"),
    ("ليلى عمر نور يوسف سلمى", "حداد منصور خليل درويش قاسم", "{} {}"),
    ("आरती रोहित सुनीता विवेक मीरा", "शर्मा वर्मा जोशी त्रिपाठी मिश्रा", "{} {}"),
)  # fmt: skip

WORK: tuple[tuple[str, str], ...] = (
    ("Tidewater Cold Stores", "Operations Manager"), ("Fjordfrisk Seafood", "Head of Quality"),
    ("Mirador Cold", "Co-founder"), ("Ossa Foods", "Supply Chain Director"), ("Polar Thread", "Sensor Engineer"),
    ("Harbourline Reefer", "Terminal Planner"), ("Baltic Berry Cooperative", "Export Lead"),
    ("Kestrel & Finch Insurance", "Cargo Underwriter"), ("Saltmarsh Analytics", "Data Scientist"),
    ("Glasshouse Nine", "Grower"), ("Lantern Freight", "Customs Broker"), ("Cobalt Orchard", "Managing Director"),
    ("Quay Street Bakery", "Owner"), ("Meridian Vaccines Logistics", "Validation Specialist"),
    ("Institute for Postharvest Studies", "Research Fellow"), ("Driftwood Packaging", "Product Designer"),
    ("Hollin Dairy", "Plant Manager"), ("Union of Small Importers", "Policy Adviser"), ("", ""),
)  # fmt: skip

_SOLD = (
    "Brightfunnel", "Leadharvest", "Growthmill", "Pipelinery", "Closerly", "Dealspark", "Scalebarn", "Outreachery",
    "Founderflow", "Bookwise CRM", "Revenue Orchard", "Hypertask", "Apptastic Labs", "Devshore 24", "Nimbus Hosting",
    "Talentwell", "Peoplefinch", "Coachably",
)  # fmt: skip

# Each is sent by many under their own names: these are the twins.
TWINS: tuple[str, ...] = (
    "Hi Robin, we help firms like yours book a quick 15-min call with 30 new leads a month. Worth it? {first}, {firm}",
    "Hey Robin! I'm with {firm} and we scale firms to 6 figures on autopilot. Open to a quick 15-min call this week?",
    "Hello Robin, {firm} builds apps at $18/hr with a dedicated team. Can I send our portfolio? Regards, {first}",
    "Robin, quick question: who handles lead generation at Vale? {firm} guarantees 10 meetings or you don't pay.",
    "Hi Robin, your website could rank higher. {firm} offers a FREE SEO audit (value $499). Shall I send it? – {first}",
    "Hi Robin, I coach founders who are stuck at one revenue. My masterclass has 7 seats 🚀 {first} @ {firm}",
)  # fmt: skip

PITCHES: tuple[str, ...] = (
    "Dear Sir/Madam, we are leading manufacturer of insulated boxes. Kindly send your requirement. {first}",
    "Would you be interested in a guest post exchange? DA 60+. {first}, {firm}",
    "I see we are both passionate about innovation. Let's explore synergies! {first}",
    "Robin, did you see my last message? Just bumping this up 🙂",
    "Crypto treasury for small business: 3 % a week, audited. Interested? {first}",
    "Congrats on your work anniversary! Have you thought about your pension plan? {firm}",
    "", "", "",
)  # fmt: skip

RECRUITERS: tuple[str, ...] = (
    "Hi Robin, an exciting role at a market leader (no name yet): warehouse associate. Open to a chat? {first}, {firm}",
    "Hello %FIRSTNAME%, my client needs a Senior Java Developer on site, 5 days a week. Is it of interest? {first}",
    "Hi Robin! Are you hiring? {firm} has three pre-vetted supply chain managers, no fee in the first 30 days.",
)

# Short: of the longer ones, sent by several under their own names, the signals would rightly say so.
HELLOS: tuple[str, ...] = (
    "", "", "", "", "", "", "Your sensor piece was useful.", "We met in Hamburg, briefly.", "Happy to connect.",
    "Also in cold storage.", "I sat behind you :)", "Following since the berry recall.",
)  # fmt: skip

REASON_OF = {  # a note, and for what reason its sender is accepted
    "Your sensor piece was useful.": "speaks of something of yours",
    "Following since the berry recall.": "speaks of something of yours",
    "Also in cold storage.": "area: cold chain",
    "We met in Hamburg, briefly.": "met in person",
    "I sat behind you :)": "met in person",
}

THANKS: tuple[tuple[str, str], ...] = (
    ("Thanks for connecting, Robin!", "Likewise, glad to be in touch."),
    ("Thank you for the add 🙏", "Thank you too!"),
    ("Merci pour l'ajout, au plaisir.", "Avec plaisir, bonne semaine!"),
    ("Danke fürs Vernetzen.", "Gern, auf bald."),
    ("承認ありがとうございます。", "こちらこそ、よろしくお願いします。"),
    ("Дякую за контакт!", "Thank you, Oleh. All the best!"),
)

ACCEPTED_BECAUSE = (
    "same trade", "knows the Gdynia terminal", "wrote a real question", "met at the fruit fair", "reads the newsletter",
    "works with small growers", "could review the sensor chapter", "friend of Inés",
)  # fmt: skip

JUNKED_BECAUSE = (
    "third one with this text",
    "same words from another firm",
    "no idea what they sell",
    "asked before, same answer",
)


def names(rng: Random) -> Iterator[str]:
    """Names without end and without repeats, from everywhere."""
    pairs = [
        pattern.format(given, family)
        for givens, families, pattern in _PLACES
        for given in givens.split()
        for family in families.split()
    ]
    return iter(rng.sample(pairs, len(pairs)))


def written(text: str, name: str, rng: Random) -> str:
    """A template as this sender sent it."""
    return text.format(first=name.split(maxsplit=1)[0], firm=rng.choice(_SOLD))


def campaign(firm: str, offer: str) -> str:
    """A sponsored message, in the HTML that LinkedIn's campaign editor leaves behind."""
    brk = '<p class="spinmail-quill-editor__spin-break">'
    return (
        f"{brk}Hi %FIRSTNAME%,</p>{brk}{offer}</p>{brk}<strong>{firm}</strong> &mdash; trusted by teams at "
        f'%COMPANYNAME% &amp; others.</p>{brk}<a href="https://www.example.com/offer">See how it works</a></p>'
    )
