#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "text/detail/personal_words.hpp"

namespace kansli::text::detail {

// Words around a number that say what kind of number it is, folded.
inline constexpr auto context_words = std::to_array<std::pair<std::uint32_t, std::string_view>>({
    {role::phone,
     "tel tele telefon telefonen telefonnr telefonnummer telefonnumret tfn tlf mobil mobilen mobilnr "
     "mobilnummer mobiltelefon nås nå ring "
     "ringa ringer sms sms:a smsa hemnumret hemnummer numret hemtelefon jobbtelefon arbetstelefon "
     "direktnummer direktnr"},
    {role::extension, "ankn anknytning anknytningen internt intern"},
    {role::account,
     "konto kontot kontonr kontonummer kontonumret bankkonto bankkontot lönekonto personkonto sparkonto "
     "kontonummer: swedbank nordea "
     "handelsbanken seb sparbanken skandiabanken länsförsäkringar icabanken danske"},
    {role::clearing, "clearing clearingnr clearingnummer clearingnumret"},
    {role::bankgiro, "bankgiro bankgirot bankgironr bankgironummer bg"},
    {role::plusgiro, "plusgiro plusgirot plusgironr plusgironummer postgiro postgirot pg"},
    {role::swish, "swish swisha swishas swishnummer swishnumret swishnr"},
    {role::vehicle,
     "bil bilen bilens bilar fordon fordonet reg regnr regnummer registreringsnummer registreringsnumret "
     "registreringsnr skylt skylten "
     "skåpbil lastbil lastbilen husbil husbilen husvagn släp släpvagn släpvagnen moped mopeden epa "
     "epatraktor motorcykel mc taxi taxin "
     "volvo saab bmw audi toyota kia volkswagen vw skoda opel ford peugeot renault tesla mercedes minibuss "
     "minibussen buss bussen "
     "leasingbil tjänstebil hemtjänstbilen hemtjänstbil parkeringsanmärkning parkerad skrotbil skrotbilar "
     "skrotbilen märkt plåtar"},
    {role::property,
     "fastighet fastigheten fastigheterna fastighetsbeteckning fastighetsbeteckningen kv kvarteret kvarter "
     "tomt tomten beteckning "
     "grannfastigheten grannfastighet stamfastigheten fastighetsnr"},
    {role::reference,
     "dnr diarienr diarienummer diarienumret diariet ärende ärendet ärendenr ärendenummer ärendenumret "
     "ärenden mål målet målnr målnummer "
     "dossier akt aktnr diarieförd"},
    {role::identity,
     "personnummer personnumret personnr pnr persnr personnumer samordningsnummer samordningsnumret "
     "samordningsnr född id id-nummer legitimation"},
    {role::home,
     "adress adressen gatuadress besöksadress hemadress postadress bor bodde bo bosatt boende boendes "
     "flyttat flyttade hemma"},
    {role::unit,
     "m meter meters km kilometer cm mm dm mil kr kronor sek euro procent st stycken kvm kvadratmeter "
     "kubikmeter m2 m3 kg gram ton liter "
     "timmar timme minuter min sekunder dagar dag dygn veckor år månader gånger personer platser lägenheter "
     "barn tkr mnkr miljoner mkr "
     "mg ml grader km/h kw kwh bostäder hus hushåll elever"},
    {role::direction,
     "norra södra östra västra norr söder öster väster stora lilla gamla nya övre nedre inre yttre mellersta "
     "sankt sankta"},
    {role::no_plate,
     "apa arg ass baj bss cuc cuk dum eta ett fag fan feg fel fem fes fet fnl fuc fuk ful gam gay gej gey "
     "ghb gud gyn hat hbt hkh hor hot "
     "kgb kkk kuc kuf kug kuk kyk lam lat lem loj lsd lus mad mao men mes mlb mus naz nrp nsf nyp ond ooo "
     "orm paj pkk plo pms pub rap ras "
     "rom rps rus seg sex sju sos spy sug sup sur tbc toa tok tre typ ufo usa wam war www xtc xtz xxl xxx "
     "zex zog zpy zug zup zoo "
     "sfs sou afs bfs nfs tfs lss lou lov pbl pbf mbl las fbl gdp iso sis sek eur usd nok dkk gbp doc dok "
     "ska max min rum del kap sid fig "
     "tab lgh tel dnr ocr bbr eks boa bta bya nya alla kor art mom pos typ ref nor tur rut rot cad dwg pdf "
     "het per och att som den det "
     "med mot hos mal bet rad kol kod lok ner upp"},
    {role::no_case,
     "sö ud sfs sou ds dir prop skr bet rskr nja rå hfd möd pmöd jo jk ad rh mig eu eg eeg ec fn iso en ss "
     "sis nr kl rum bbr eks läsåret ht vt maj "
     "juni juli mars april artikel direktiv förordning förordningen lag lagen rapport motion upphandling mom "
     "jfr cvr org ref sid nr kap år "
     "iec din ass c"},
    {role::numbering,
     "version versionen avsnitt avsnittet punkt punkten kapitel kap v ver rubrik bilaga release utgåva steg"},
    {role::network, "ip ip-adress ip-adressen ipadress ipadressen servern server"},
});

}  // namespace kansli::text::detail
