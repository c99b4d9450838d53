# Catalogue: home page, finding procedures, a procedure, agencies, services, help.

home-title = Deal with the administration online, at any time, from anywhere
home-lead = Find a procedure, file a dossier and follow it through the agencies of Gia Lai province.
home-national-title = The public services of the whole country, in one place
home-national-lead = Find the procedures of every ministry and province. Your dossier goes to the portal of the province that handles it.
home-search = What do you need to do?
home-search-hint = Use your own words in Vietnamese, with or without marks. There are { $n } procedures.
home-ways = What people come for
home-file = File a dossier online
home-file-words = Choose a service, fill it in and send your papers from a telephone or a computer.
home-track = Track a dossier
home-track-words = See where it is, who handles it and when it is due.
home-agencies = Agencies and services
home-agencies-words = Find the agency near you and the procedures that it handles.
home-help = Help
home-help-words = Step by step, and the telephone number of the one-stop desk.
home-provinces = Choose a province’s portal
home-provinces-words = Each province has a portal of its own, with accounts of its own. Choose the province that handles your dossier:
home-province-gia-lai = Gia Lai Public Service Portal
home-district = Public services in Ia Grai district
home-district-words = The People’s Committee of Ia Grai district receives { $procedures } procedures; its { $communes } communes and townships receive those of the commune level.
home-district-link = See the services of the district and its communes

popular-title = Procedures that people need most
event-family = Family and children
event-papers = Papers and certification
event-home = House and land
event-business = Household business
event-school = School, work, driving
event-support = Social support
popular-birth = Register a birth
popular-marriage = Register a marriage
popular-marital-status = Certificate of marital status
popular-death = Register a death
popular-certified-copy = Certified copy of an original
popular-certified-signature = Certified signature
popular-extract = Extract from the civil register, copy of a birth certificate
popular-criminal-record = Criminal record certificate
popular-household-business = Set up a household business
popular-household-business-change = Change the registration of a household business
popular-household-business-pause = Pause or resume the business
popular-household-business-end = End a household business
popular-building-permit = Building permit
popular-land-certificate = First certificate of land use rights
popular-land-division = Divide or join plots of land
popular-land-dispute = Mediation of a land dispute
popular-school-admission = Admission to lower secondary school
popular-diploma-copy = Copy of a diploma from the register
popular-unemployment = Unemployment benefit
popular-driving-licence = Replace a driving licence
popular-social-allowance = Monthly social allowance
popular-disability = Certificate of disability
popular-funeral-aid = Aid for funeral costs
popular-pension-funeral-aid = Funeral aid for recipients of the social pension

procedures-title = Administrative procedures
search-label = Find a procedure
search-button = Search
search-hint = A name, what you need to do, or a code, in Vietnamese: khai sinh, giấy phép xây dựng, 1.001193.
search-cut = That is too long: only its first 200 characters were searched for.
search-unknown-filter = A filter that does not exist was left out.
results-count = { $n ->
    [one] 1 procedure
   *[other] { $n } procedures
}
results-most = The { $n } best matches
results-for = for
results-none = No procedure was found
results-none-words = Try fewer or other words, in Vietnamese.
results-none-filters = Remove the filters and search again
results-none-all = See all procedures
results-none-call = Or call for guidance:

filter-title = Filter
filter-button = Apply
filter-remove = (remove this filter)
filter-remove-all = Remove all
filter-all-fields = See all fields
filter-field = Field
filter-field-any = Any field
filter-field-count = { $name } ({ $n })
filter-level = Level
filter-level-any = Any level
filter-agency = Receiving agency
filter-agency-any = Any agency
filter-applicant = Who it is for
filter-applicant-any = Anyone
filter-online = Level of service
filter-online-any = Any level of service
applicant-citizen = Citizens
applicant-business = Enterprises and cooperatives
applicant-organisation = Other organisations
applicant-official = Officials
tier-ministry = Ministry
tier-province = Province
tier-district = District
tier-commune = Commune
tier-other = Other bodies
fields-title = All fields
fields-lead = Choose a field to see its procedures. The figure says how many it has.

level-full = End-to-end
level-partial = Partial
level-none = Not online
level-full-words = Filing, handling and the result are all online; you need not visit an agency. The result comes online or by public post.
level-partial-words = You can file online, but some step has to be done in person.
level-none-words = This cannot be filed online: bring it to the receiving agency or send it by post.

procedure-code = Procedure code
procedure-applicants = Who it is for
procedure-contents = Contents
procedure-public-page = See it on the National Public Service Portal
procedure-no-detail = This procedure is another province’s own; this portal holds no detail of it.
fact-time = Time limit
fact-fee = Fees
fact-level = Handled by
file-dossier = File a dossier
file-online = File online
file-at = Received by:
file-at-province = You are taken to the Gia Lai Public Service Portal, to this very procedure.
not-here-internal = This procedure runs between state agencies.
not-here-internal-instead = People and enterprises need not file it.
not-here-sector = The sector’s own system receives it (police, tax, customs, treasury, social insurance and others).
not-here-sector-instead = See below how to file, or file through the National Public Service Portal.
not-here-elsewhere = A central body or another province handles it; it is not filed here.
not-here-elsewhere-instead = See below where to file, or file through the National Public Service Portal.
not-here-offline = This procedure is not filed online.
not-here-offline-instead = Bring the dossier to a receiving agency below during office hours, or send it by post where that is listed.
not-here-nobody = It is not known which agency of the province receives this procedure.
not-here-nobody-instead = Please call the one-stop desk; its number is at the foot of the page.

partial-title = What cannot be done online
partial-lead = The national database does not say which step, so be ready for this:
partial-bring = Bring: the originals of the { $n } kinds of papers marked as originals under Papers (only those of your case), to hand in or to show when the agency asks.
partial-bring-nothing = Bring: an identity document and the dossier code.
partial-where = Where: the one-stop desk of the agency that receives the dossier.
partial-when = When: office hours, Monday to Friday ({ $hours }); the day of the result is on the acceptance slip.

part-back = Back to the procedure
part-papers = Papers
part-papers-remarks = Remarks on the papers
part-methods = Ways of filing, time limits, fees
part-fees = Fees
part-cases = Cases
part-where = Where it is received and handled
part-steps = Steps
part-conditions = Conditions
part-results = Results
part-legal-basis = Legal basis
part-remarks = Remarks
whole-papers = See all papers ({ $n } items)
whole-methods = See all ways of filing, time limits and fees ({ $n } items)
whole-where = See all agencies ({ $n } items)
whole-steps = See all steps ({ $n } paragraphs)
whole-conditions = See all conditions ({ $n } paragraphs)
whole-results = See all results ({ $n } items)
whole-legal-basis = See the whole legal basis ({ $n } documents)
whole-remarks = See all remarks ({ $n } paragraphs)
paper-originals = { $n ->
    [one] 1 original
   *[other] { $n } originals
}
paper-copies = { $n ->
    [one] 1 copy
   *[other] { $n } copies
}
paper-template = Form:
way-time = Time limit
way-fees = Fees
case-name = Case
method-online = Online
method-postal = Public post
method-direct = In person
where-receiving = Received in the province by
where-anywhere = It may be filed at any of these agencies, wherever you live.
where-map = By the list of the province’s agencies on { $day }.
where-communes = { $n } commune committees
where-districts = { $n } district committees
where-land-registries = { $n } branches of the land registry
where-executing = Carried out by
where-competent = Decided by
where-delegated = By delegation
where-coordinating = Cooperating agencies
where-address = Address

fee-kind-fee = Fee
fee-kind-charge = Charge
fee-kind-price = Price
fee-free = None
fee-see-note = See the note
fee-several = Several, see below
fee-range = { $least } to { $most }
fee-bare = { $amount } (unit unknown)
fee-missing = Not given
fee-suspect = This may mean thousands of đồng. Ask the receiving agency before you pay.
fee-suspect-note = The unit may be wrong; see the note, or ask the receiving agency before you pay.
fee-no-currency = The national database gives no currency. Ask the receiving agency before you pay.
limit-hours = { $count ->
    [one] { $amount } working hour
   *[other] { $amount } working hours
}
limit-half-days = { $count ->
    [one] half a working day
   *[other] { $amount } half working days
}
limit-working-days = { $count ->
    [one] { $amount } working day
   *[other] { $amount } working days
}
limit-days = { $count ->
    [one] { $amount } day
   *[other] { $amount } days
}
limit-months = { $count ->
    [one] { $amount } month
   *[other] { $amount } months
}
limit-years = { $count ->
    [one] { $amount } year
   *[other] { $amount } years
}
limit-range = { $least } to { $most }
limit-of-case = { $limit } (by case)
limit-missing = Not given

record-title = About this information
record-field = Field
record-issuer = Announced by
record-decision = Decision
record-life-events = Life events
record-updated = Last changed
record-source = Source
record-source-words = National database of administrative procedures, as of { $day }.

services-title = Public services
services-lead = { $n } services can be filed online here. Find one, then press “File a dossier”.
services-national-title = Online public services
information-procedures = The papers, fees, time limits and legal grounds of every procedure.
services-national-lead = Choose the agency that handles the dossier or type the name of a service, then press “File online”. You are taken to the Gia Lai Public Service Portal.
services-search = Find a service
services-fields-local = In communes and districts
services-fields-province = In the departments of the province
services-all-fields = See all { $n } fields from A to Z
services-agencies = By agency
services-all-agencies = See all agencies, with districts and communes

agencies-title = Agencies
agencies-lead = The agencies of Gia Lai province that receive dossiers. Open a district to see its communes.
agencies-of-procedure = Agencies that receive the procedure
agencies-choose = Choose the agency where you file.
agencies-search = Find an agency
agencies-search-hint = The name of a commune, a district or a department, with or without marks.
agencies-none = No agency was found
agencies-all = See all agencies
agencies-districts = Districts, towns and cities
agencies-departments = Departments of the province
agencies-others = Land registry and its branches
agency-level = Level
agency-code = Identifier
agency-services = Procedures received
agency-desk = One-stop desk
agency-phone = Help by telephone
agency-hours = Office hours
agency-hours-words = Monday to Friday: { $hours }
agency-communes = { $n } communes and townships
agency-services-title = Procedures that it receives
agency-services-none = No procedure is filed at this agency directly.
agency-not-yet = By the list of agencies in use, this agency has not begun.
agency-no-more = This agency is no more.
agency-from = It began on { $day }.
agency-to = It ended on { $day }.
agency-successor = Its successor:
contact-phone = Telephone
contact-website = Site
contact-zalo = Zalo OA

guide-title = Guide and help
guide-contact = Contact
guide-contact-words = When you need help with online public services, please contact the district’s one-stop desk.
guide-assisted = Not used to computers? An officer files it with you.
guide-assisted-words = Bring an identity document and your papers to the one-stop desk during office hours: an officer shows how to make an account and files the dossier online together with you.
guide-register = Register and sign in on the Gia Lai Public Service Portal
guide-register-1 = On the home page, press “Register” (Đăng ký).
guide-register-2 = Choose “Citizen” or “Enterprise”, then “Medium assurance (IAL2)”.
guide-register-3 = Enter your identity number (CMND/CCCD) and press “Proceed”.
guide-register-4 = Enter a password and your data, then press “Register”.
guide-register-5 = Open the message sent to your e-mail address and follow its link to confirm the account.
guide-register-6 = On the home page, press “Sign in” (Đăng nhập).
guide-register-7 = Enter the account name (your identity number) and the password, then press “Sign in”.
guide-nation-register = Register and sign in on the National Public Service Portal
guide-nation-register-1 = On the home page, press “Register” (Đăng ký).
guide-nation-register-2 = Choose “Citizen”, “Enterprise” or “State agency”, then “Mobile subscription” as the way of verification at medium assurance (IAL2).
guide-nation-register-3 = Enter exactly your user name (CMND or CCCD number), full name, date of birth, telephone number, e-mail (optional) and the captcha, then press “Register”.
guide-nation-register-4 = Enter the OTP that was sent to your telephone, then press “Confirm”.
guide-nation-register-5 = Enter a new password of at least 8 characters, with upper-case and lower-case letters, digits and special characters, then press “Register”.
guide-nation-register-6 = Press “Sign in” (Đăng nhập).
guide-nation-register-7 = Choose “Account issued by the national portal”, enter your identity number, the password and the captcha, then press “Sign in”.
guide-nation-register-8 = Enter the OTP that was sent to your telephone, then press “Confirm”.
guide-file = File a dossier on the Gia Lai Public Service Portal
guide-file-1 = On the home page, choose “Public services” (Dịch vụ công).
guide-file-2 = Find the service and press “File a dossier” (Nộp hồ sơ).
guide-file-3 = Enter the owner’s data, choose where to receive the result, upload a file for each paper, then press “File a dossier” to finish.
guide-file-4 = You are told that the dossier went to the reception desk, and given its code. Write the code down.
guide-answer = The agency says within { $n } working hours of filing whether it accepts the dossier.
guide-national = File through the National Public Service Portal
guide-national-1 = After signing in, choose “Information and services” (Thông tin và Dịch vụ), then “Online public services”.
guide-national-2 = Choose the agency that handles the dossier.
guide-national-3 = Type the name, choose the service, and press “File online” (Nộp trực tuyến). You are taken to the Gia Lai Public Service Portal.
guide-files = Files
guide-files-kinds = Kinds: { $kinds }.
guide-files-size = Each file at most
guide-files-count = At most { $n } files to a dossier.
guide-files-photo = Photographs by telephone are taken: straight, well lit, all four corners of the paper in sight.
guide-levels = The levels of online service
