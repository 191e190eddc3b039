#include "grounding/detail/kindred_words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/language.hpp"

namespace kansli::grounding::detail {

namespace {

// A line a group of words that say the same in an answer of a municipality, whatever their class.
constexpr auto equal_groups = std::to_array<std::string_view>({
    "ansöka ansökan ansöker söka söks söker sökande",
    "begära begär begäran begärs",
    "betala betalar betalas betalning erlägga erläggs betalat",
    "kostar kosta kostnad pris priset avgift avgiften avgifter",
    "tas debiteras faktureras",
    "gratis kostnadsfri kostnadsfritt kostnadsfria avgiftsfri avgiftsfritt avgiftsfria",
    "hus byggnad byggnaden huset",
    "villa småhus enbostadshus",
    "upphöra upphör sluta slutar förfaller förfalla",
    "börja börjar börjat påbörja påbörjas påbörjats påbörjad starta startar startas inleda inledas inleds "
    "start början",
    "färdig färdigt klar klart slutförd slutfört slutförda slutföras avslutad avsluta avslutats avslutas "
    "genomförd genomgått",
    "besluta beslut beslutar beslutas beslutad bestämma bestämmer fastställa fastställd fastställt "
    "fastställs fastställts avgör avgöra avgöras",
    "meddela meddelar meddelas besked underrätta underrättas underrättelse informera informeras veta "
    "kännedom bekräfta",
    "bevilja beviljas beviljar ge ger ges medge medges medger godkänna godkänns bifalla bifalls godta godtas "
    "medgivande utfärda utfärdas upplåts",
    "avslå avslås avslag neka nekas",
    "behöva behöver behövs behov behovet kräva kräver krävs krav kravet",
    "utse utser utses välja väljer välj",
    "anmäla anmälan anmäler anmälas anmäls anmält",
    "lämna lämnar lämnas inkomma inkommer inkommen kommer skicka skickas skickar sändas sänds ges lämnat",
    "förlänga förlängas förlängs förnya förnyas utökas utöka utvidga utvidgas",
    "gälla gäller giltig giltigt giltiga omfattas omfattar",
    "höja höjs höjas öka ökar ökas",
    "sänka sänks sänkas minska minskas minskar",
    "uppföra uppföras uppförs bygga bygger byggas byggs anlägga anläggas installera",
    "genast omedelbart direkt omgående skyndsamt snarast",
    "bifoga bifogas foga fogas biläggas bilaga",
    "svara svarar ansvara ansvarar ansvar ansvarig sköts sköta",
    "använda används användas nyttja nyttjas utnyttja",
    "utföra utförs utföras göra görs göras genomföra genomförs genomföras gör ske sker",
    "kontroll kontrollera kontrolleras granska granskas granskning tillsyn",
    "räcka räcker tillräckligt tillräcklig",
    "särskild särskilda speciell speciella",
    "möte möten sammanträde sammanträdet sammanträden sammanträder sammanträda",
    "undantag undantas undantagen undantagna befriad befriade slipper slippa fri fria dispens",
    "avlida avlidit avliden avlidne dödsfall dödsfallet död",
    "frånvaro frånvarande uteblir utebli borta",
    "diarieföra diarieföras registrera registreras registrering diariet",
    "sekretess sekretessbelagd sekretessbelagda hemlig hemliga sekretessen",
    "legitimera legitimera legitimation identitetshandling id identitet",
    "allmänhet allmänheten offentlig offentliga",
    "jobba jobbar arbeta arbetar arbete arbetet",
    "flytta flyttas bortforsla",
    "kvar återstå återstår",
    "hämta hämtas avhämta avhämtas",
    "anställa anställas anställd anställning",
    "tidigare dessförinnan",
    "maximalt max högst längst",
    "gräns gränsen gränsvärde gränsvärdet",
    "id identitetshandling legitimationshandling",
    "föräldrar förälder vårdnadshavare målsman",
    "uppskov anstånd",
    "äldre gammal fyllt fylla fyller",
    "tvungen måste skyldig skyldiga",
    "inkomst inkomster lön",
    "riva rivning rivs rivas",
    "kompletta komplett fullständig fullständiga fullständigt",
    "föreskrift föreskrifter regel regler bestämmelse bestämmelser",
    "åtgärda åtgärdas rätta rättas avhjälpa avhjälpas",
    "brist brister fel",
    "köp inköp anskaffning",
    "leverantör leverantören anbudsgivare",
    "elev elever eleven barn barnet",
    "yttra yttrande yttrar synpunkter",
    "vistas befinna",
    "inom under",
    "dröja dröjer försening försenad försenas drar",
    "återkommande upprepad upprepade",
    "angiven anger anges angivna anvisar anvisad anvisat skyltar",
    "stå står placera placeras placerad parkera parkeras parkerad",
    "bil bilen fordon fordonet",
    "gälla tillämpas tillämpa",
    "prövas pröva prövning ompröva omprövas bedöma bedöms bedömning",
    "snöröjning ploga plogar plogas röja röjs röjning",
    "öppet öppen öppna öppnar",
    "natur naturen mark skog",
    "id-handling identitetshandling",
    "säga säger tacka tackar",
    "komma kommer skickas kommit inkommit",
    "del ta få får",
    "återbetala återbetalas",
    "bosatt folkbokförd folkbokförda bor boende",
});

// Two groups a line: who says one for the other says the opposite.
constexpr auto opposite_pairs = std::to_array<std::array<std::string_view, 2>>({
    {"höjs höja höjas öka ökar ökas högre", "sänks sänka sänkas minska minskar minskas lägre"},
    {"bevilja beviljas beviljar godkänna godkänns bifalla bifalls tillstyrka tillstyrkt",
     "avslå avslås avslag neka nekas avstyrka"},
    {"före innan", "efter sedan"},
    {"gratis kostnadsfri kostnadsfritt kostnadsfria avgiftsfri avgiftsfritt avgiftsfria kostnadsfritt",
     "avgiftsbelagd avgiftsbelagda avgiftsbelagt betala"},
    {"förskott", "efterskott efterhand"},
    {"inklusive", "exklusive"},
    {"inom innanför", "utanför utom"},
    {"intern interna internt", "extern externa externt"},
    {"första", "sista"},
    {"början inledningen", "slutet"},
    {"tidigast", "senast"},
    {"tillfällig tillfälliga tillfälligt", "bestående permanent permanenta varaktig varaktiga"},
    {"muntlig muntliga muntligt muntligen", "skriftlig skriftliga skriftligt skriftligen"},
    {"frivillig frivilligt frivilliga", "obligatorisk obligatoriskt obligatoriska"},
    {"tidsbegränsad tidsbegränsat tidsbegränsade", "tillsvidare vidare"},
    {"över överstiger", "under understiger"},
    {"godkänd godkända", "underkänd underkända"},
    {"höst hösten hösttermin höstterminen", "vår våren vårtermin vårterminen"},
    {"offentlig offentliga offentligt", "privat privata sekretess hemlig hemliga"},
    {"synnerliga", "särskilda"},
    {"påbörjas påbörjats påbörja börja inleda inledas", "avslutas avslutats avsluta slutföras"},
    {"öppen öppet öppna", "stängd stängt stängda"},
    {"köpa köper inköp", "sälja säljer försäljning"},
    {"fler flera fler", "färre"},
    {"större", "mindre"},
    {"längre", "kortare närmare"},
    {"anonymt anonym", "namn"},
    {"upphöra upphör", "fortsätter fortsätta"},
    {"direkt", "indirekt"},
    {"netto", "brutto"},
    {"ny nya nytt", "gammal gamla"},
    {"giltigt giltig", "ogiltig ogiltigt"},
    {"egna egen eget", "kommunens"},
});

// Of each line one at a time is meant.
constexpr auto kinds = std::to_array<std::string_view>({
    "förskola grundskola gymnasieskola fritidshem vuxenutbildning förskoleklass",
    "vit grön brun blå röd gul svart",
    "papperspåse plastpåse kärl",
    "riksdag kommunfullmäktige regionfullmäktige europaparlament",
    "kistgrav urngrav minneslund",
    "hela bara",
    "termin läsår kvartal",
    "vardag helg",
    "februari mars",
    "dag natt kväll",
    "a-verksamhet b-verksamhet c-verksamhet",
});

std::unordered_map<std::string, std::vector<int>> stems_of(
    std::string_view line, int group, std::unordered_map<std::string, std::vector<int>> into) {
    for (const auto& word : text::words(line)) {
        auto& groups = into[text::stem(word.folded)];
        if (std::ranges::find(groups, group) == groups.end()) groups.push_back(group);
    }
    return into;
}

using Groups = std::unordered_map<std::string, std::vector<int>>;

template <typename List>
Groups groups_of(const List& lines) {
    Groups groups;
    int group = 0;
    for (const auto line : lines)
        groups = stems_of(line, group++, std::move(groups));
    return groups;
}

// Group 2n holds one side of pair n, 2n + 1 the other.
Groups sides() {
    Groups groups;
    int group = 0;
    for (const auto& pair : opposite_pairs) {
        groups = stems_of(pair[0], group++, std::move(groups));
        groups = stems_of(pair[1], group++, std::move(groups));
    }
    return groups;
}

const std::vector<int>& find(const Groups& groups, const std::string& stem) {
    static const std::vector<int> none;
    const auto found = groups.find(stem);
    return found == groups.end() ? none : found->second;
}

}  // namespace

bool mean_the_same(const std::string& stem, const std::string& other) {
    static const Groups groups = groups_of(equal_groups);
    const auto& own = find(groups, stem);
    return std::ranges::any_of(find(groups, other),
                               [&](int group) { return std::ranges::find(own, group) != own.end(); });
}

bool are_opposite(const std::string& stem, const std::string& other) {
    static const Groups groups = sides();
    const auto& own = find(groups, stem);
    return std::ranges::any_of(find(groups, other),
                               [&](int group) { return std::ranges::find(own, group ^ 1) != own.end(); });
}

bool exclude_each_other(const std::string& stem, const std::string& other) {
    static const Groups groups = groups_of(kinds);
    const auto& own = find(groups, stem);
    return stem != other && std::ranges::any_of(find(groups, other), [&](int group) {
               return std::ranges::find(own, group) != own.end();
           });
}

}  // namespace kansli::grounding::detail
