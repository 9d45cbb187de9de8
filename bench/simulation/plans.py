"""Hand-made sentence plans: deeds by kind, attributions, quotations, and paragraphs with nobody in them.

Belongs here: wording only. `REPORTS` are sources' own sentences; desks write with `DEEDS`.
"""

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ORDINAL = {
    "en": ("first", "second", "third", "fourth", "fifth"),
    "ko": ("첫째", "둘째", "셋째", "넷째", "다섯째"),
}

DEEDS: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "demand": (
            "{when}, State Security agents asked {who} {place} for {sum}.",
            "{who} {place} was told {when} to hand over {sum}, or be reported.",
            "Agents visited {who} {place} {when} and wanted {sum}.",
            "{when} it was the turn of {who} {place}: the price of being left alone was {sum}.",
            "Security officials {place} have been raising cash for the year's end; {when} they turned to {who} and named {sum}.",
        ),
        "arrest": (
            "{when}, {who} was detained {place}; the family was asked for {sum}.",
            "Police {place} took away {who} {when}, and release was said to cost {sum}.",
            "{who} has been held {place} since being picked up {when}. Relatives are gathering {sum}.",
            "The security department {place} arrested {who} {when}; {sum} is being mentioned for a release.",
        ),
        "seizure": (
            "{when}, a Chinese mobile phone was taken from {who} {place}, who then paid {sum}.",
            "Inspectors {place} found a phone on {who} {when} and settled the matter for {sum}.",
            "{who} {place} lost a phone in a search {when} and had to pay {sum}.",
            "In a search {place} {when} a handset was confiscated from {who}; a fine of {sum} followed.",
        ),
        "accident": (
            "{when}, {who} was badly hurt in an accident {place}.",
            "An accident {place} {when} left {who} unable to work.",
            "{who} was injured {place} {when}, and no compensation was paid.",
            "There was an accident {place} {when}; among the injured was {who}.",
        ),
        "meeting": (
            "At a meeting held {place} {when}, {who} was criticised before everybody.",
            "{when}, residents {place} were called together to hear {who} denounced.",
            "{who} had to stand up at a public struggle meeting {place} {when}.",
            "A public criticism session took place {place} {when}; its target was {who}.",
        ),
    },
    "ko": {
        "demand": (
            "{when} {place} 보위원들이 {who}에게 {sum_obj} 요구했다.",
            "{place} {who_sub} {when} {sum_obj} 바치라는 요구를 받은 것으로 전해졌다.",
            "보위부가 연말 자금 마련에 나선 가운데 {when} {place} {who}에게까지 {sum_obj} 내라고 압박했다.",
            "{when} {place} {who_top} 보위원의 방문을 받았다. 눈감아 주는 값은 {sum}이었다.",
            "{place} 단속을 빌미로 한 금품 요구가 이어지고 있다. {when} {who}에게는 {sum_obj} 불렀다.",
        ),
        "arrest": (
            "{when} {place} {who_sub} 체포됐으며 가족은 석방 대가로 {sum_obj} 요구받았다.",
            "{place} {who_sub} {when} 끌려갔다. 풀려나려면 {sum_obj} 내야 한다는 말이 나온다.",
            "보위부는 {when} {place} {who_obj} 붙잡아 조사하고 있다. 가족은 {sum_obj} 마련하고 있다.",
            "{who_sub} {when} {place} 구류됐고, 석방 조건으로 {sum_obj} 제시받았다.",
        ),
        "seizure": (
            "{when} {place} {who_sub} 중국 손전화를 압수당하고 {sum_obj} 물었다.",
            "{place} 진행된 검열에서 {when} {who_sub} 손전화를 들켜 {sum_obj} 냈다.",
            "단속반은 {when} {place} {who}의 집을 뒤져 손전화를 거둬 갔으며, {sum_obj} 벌금으로 매겼다.",
            "{when} {place} 가택 수색이 있었다. 손전화가 나온 {who_top} {sum_obj} 내고 무마했다.",
        ),
        "accident": (
            "{when} {place} 사고가 나 {who_sub} 크게 다쳤다.",
            "{place} {when} 발생한 사고로 {who_sub} 일을 하지 못하게 됐다.",
            "{who_sub} {when} {place} 부상을 입었으나 보상은 없었다.",
            "{place} {when} 사고가 있었으며 다친 사람 가운데 {who_sub} 포함됐다.",
        ),
        "meeting": (
            "{when} {place} 열린 회의에서 {who_sub} 공개 비판을 받았다.",
            "{place} {when} 주민들을 모아 놓고 {who_obj} 비판하는 모임이 진행됐다.",
            "{who_sub} {when} {place} 사상투쟁회의 무대에 세워졌다.",
            "당국은 {when} {place} 주민 회의를 소집했고, 이 자리에서 {who_obj} 지목했다.",
        ),
    },
}

REPORTS: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "demand": (
            "Two of them came to the house {when}, {place}, I mean to {who}, and said bring {sum} by the weekend.",
            "They went to {who} {place} {when} and would not leave until {sum} was promised.",
        ),
        "arrest": (
            "They came at night {when} and took {who} {place}, and now they want {sum} from the family.",
            "{who} is locked up {place} since they came {when}; {sum} and it is over, they say.",
        ),
        "seizure": (
            "The phone was under the floor and they found it {when} {place}, at {who}, who gave them {sum}.",
            "{when} {place} they searched {who} and the phone is gone and {sum} as well.",
        ),
        "accident": (
            "It fell down {when} {place} and {who} was under it, alive but crushed.",
            "{who} got hurt {place} {when} and nobody gave the family anything.",
        ),
        "meeting": (
            "They put {who} on the stage {place} {when} and we all had to shout.",
            "{when} {place} everybody had to come and watch {who} being scolded.",
        ),
    },
    "ko": {
        "demand": (
            "{when} {place} 보위원 둘이 {who}네 집에 찾아와서 주말까지 {sum_obj} 가져오라고 하더라.",
            "{place} {who}한테 {when} 와서 {sum_obj} 내겠다고 할 때까지 가지 않았다.",
        ),
        "arrest": (
            "{when} 밤에 {place} {who_obj} 잡아갔는데 지금 집에다 {sum_obj} 내라고 한다.",
            "{when} 들이닥쳐서 {place} {who_sub} 갇혀 있는데 {sum}이면 끝난다고 한다.",
        ),
        "seizure": (
            "{when} {place} {who}네 마루 밑에서 손전화가 나왔는데 {sum_obj} 주고 말았다.",
            "{when} {place} {who_obj} 뒤져서 손전화도 뺏기고 {sum}도 뺏겼다.",
        ),
        "accident": (
            "{when} {place} 무너져서 {who_sub} 깔렸는데 목숨은 붙어 있다.",
            "{when} {place} {who_sub} 다쳤는데 집에 아무것도 주지 않았다.",
        ),
        "meeting": (
            "{when} {place} {who_obj} 무대에 올려놓고 우리더러 다 소리치라고 했다.",
            "{when} {place} 다 나오라고 해서 {who_sub} 혼나는 것을 구경했다.",
        ),
    },
}

QUOTING = {
    "en": ("“{quote},” they said.", "The words were: “{quote}.”", "One was heard to say, “{quote}.”"),
    "ko": ("“{quote}”고 말했다고 한다.", "“{quote}”라는 말이 나왔다.", "“{quote}”고 을러멨다."),
}
QUOTES = {
    "en": (
        "do you want to end in the mountains", "your name is on my paper already", "next winter you will thank me",
        "a phone is a rope round your neck", "we counted your lamps last night", "even the dog here has a telephone",
        "this village eats from China's hand", "bring it before my tea is cold", "your brother said the same and look at him",
        "the list grows and the year is short", "I have to buy my own boots", "nobody will ask where you went",
    ),
    "ko": (
        "산속에 가서 살고 싶은가", "당신 이름은 벌써 내 종이에 있다", "겨울이 지나면 나한테 고마워할 거다",
        "손전화는 목에 거는 밧줄이다", "어젯밤에 등불까지 다 세어 봤다", "여기는 개도 전화를 한다",
        "이 동네는 중국 손을 빌어 먹는다", "차가 식기 전에 가져오라", "네 형도 그러더니 어떻게 됐나",
        "명단은 길고 올해는 짧다", "내 장화도 내가 사야 한다", "어디로 갔는지 아무도 묻지 않는다",
    ),
}  # fmt: skip

CONTACT = {
    "en": ("on {day} {month}", "on {month} {day}", "on the {day}th"),
    "ko": ("{day}일", "{month}월 {day}일", "지난 {day}일"),
}
ATTRIBUTION = {
    "en": (
        "A source {origin} told us {day}.",
        "This was reported {day} by a source {origin}.",
        "“It is like this every year,” a source {origin} said {day}.",
        "According to a source {origin} who spoke to us {day}, many are afraid.",
        "A source {origin} confirmed {day} that this had happened.",
    ),
    "ko": (
        "{origin} 소식통이 {day} 본지에 전했다.",
        "{origin} 소식통은 {day} 이같이 밝혔다.",
        "{day} {origin} 소식통에 따르면 주민들은 불안해하고 있다.",
        "이 소식은 {day} {origin} 소식통이 알려 왔다.",
        "{origin} 소식통은 {day} 본지와 통화에서 해마다 되풀이되는 일이라고 말했다.",
    ),
}

# Nothing about anybody: known to the whole market.
BACKGROUND = (
    ("Rice prices have risen at most markets since the autumn.", "가을 이후 시장 대부분에서 쌀값이 올랐다."),
    ("The authorities have ordered households to give scrap metal again this year.", "당국은 올해도 세대마다 파철을 바치라고 지시했다."),
    ("Electricity comes for a few hours a day in most places.", "대부분 지역에서 전기는 하루 몇 시간만 들어온다."),
    ("Propaganda lectures call for thrift in the winter.", "강연에서는 겨울을 맞아 절약을 강조하고 있다."),
    ("Traders complain that goods from China have become dear.", "상인들은 중국 상품이 비싸졌다고 불평한다."),
    ("Travel permits have been harder to get than last year.", "려행증을 받기가 지난해보다 어려워졌다."),
    ("Firewood is the main worry of many families in the cold months.", "추운 계절에는 땔감이 많은 가정의 걱정거리다."),
    ("Newspapers praise the harvest, and people compare that with their kitchens.", "신문은 풍년을 자랑하지만 주민들은 부엌 형편과 견주어 본다."),
)  # fmt: skip
