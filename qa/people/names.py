"""What names are made of: surnames, words that only begin a sentence, and words of institutions."""

import re

from qa.language.names import SURNAMES as COMMON

__all__ = [
    "EASTERN",
    "GIVEN",
    "GIVEN_TO_BOTH",
    "GIVEN_TO_WOMEN",
    "INSTITUTION",
    "MIDDLE_NAMES",
    "NOBODY",
    "NO_OFFICE",
    "OPENERS",
    "POSTNOMINALS",
    "RARE",
    "SURNAMES",
]

SURNAMES = COMMON | frozenset(
    (
        "Thạch Sơn Kim Danh Lường Điêu Cà Quàng Hạng Phàn Chảo Tẩn Đèo Bạc Bế Mông Lộc Siu Ksor Chế Từ Tưởng Thi Trang Ung Văn Cam Chung Dư Đái Đới Giáp "
        "Hàn Hàng Hồng Khương Lữ Mã Mẫn Nhan Nhâm Phí Phù Quản Tào Thẩm Thôi Trình Trầm Úc Viên Cung Tề Quế Thang Rơ Kha Ấu Lành Cứ Đinh Lầu Hờ Chang Lỳ Thích"
    ).split()
)
"""Family names of the Vietnamese and of the peoples of Vietnam."""
RARE = frozenset("Lô Xồng Cụt Moong Mùa Hảng Cháng Chẻo Lù Tòng Lự Khà Ngân Lèng Vừ Và Xeo Lương".split())
"""Surnames of the highlands that are words, too; before `Văn` or `Thị` they are names."""
MIDDLE_NAMES = frozenset({"Văn", "Thị", "Van", "Thi"})
"""Between a surname and a given name; whatever stands before them is a surname."""
OPENERS = frozenset(
    (
        "như theo tại ngày trong khi sau trước từ đến với và nhưng tuy còn do bởi vì nếu để các những một hai ba đây đó này ở trên dưới qua cùng cũng đồng hiện nay năm "
        "tháng tuy ngoài bên về việc người họ tôi chúng nhiều mỗi đặc phía được bị có không chiều sáng tối mới cả riêng nhờ trưởng "
        "later earlier meanwhile then today yesterday also the a an in on at he she it they we but and after before this that his her their when while according for why how what because if who where which since though although"
    ).split()
)
"""Words that have their capital from the beginning of a sentence."""
NO_OFFICE = frozenset(
    (
        "brother sister father mother daughter partner lover admirer winner loser resident descendant survivor contender woman follower reader listener opponent killer murderer supporter "
        "passenger driver voter worker user customer consumer protester demonstrator teenager pensioner villager farmer hiker climber swimmer rider runner player boxer fighter singer actor writer "
        "author dancer rapper star suspect defendant offender prisoner winger striker defender midfielder goalkeeper keeper owner patient client parent claimant applicant student participant "
        "man musician magician veteran civilian vegetarian christian migrant immigrant tenant servant infant elephant restaurant plant grant giant rent tent talent accident incident agent newcomer outsider "
        "leader manager teacher officer minister chapter letter master river tower october november september december easter never under super hunter walker baker carter"
    ).split()
)
"""English nouns of agents that are no office, and what only ends like one."""
POSTNOMINALS = frozenset({"KC", "QC", "MP", "OBE", "MBE", "CBE", "Jr", "PhD", "MD"})
"""What the British and Americans write behind a name."""
NOBODY = frozenset(
    {
        "Thái Bình Dương", "Ấn Độ Dương", "Đại Tây Dương", "Bắc Băng Dương", "Lầu Năm Góc", "Tân Sơn Nhất", "Sơn Nhất", "Cách Mạng Tháng Tám",
        "Cao Miên", "Hồng Quân", "Trung Đông", "Đông Nam Á", "Nam Định", "Rịa", "Twitter", "YouTube", "Instagram", "Zalo", "TikTok", "Kremlin", "Elysee", "Reuters", "Bloomberg", "Xinhua", "Sputnik", "Interfax", "Kyodo", "Yonhap", "Politico", "Newsweek", "Arab", "Arab Saudi", "Ả Rập Saudi", "Catalonia", "Czech", "Prof", "Assoc", "Internet", "Đoàn Kết", "Đại Đoàn Kết", "Điện Kremlin", "Capitol", "Aum Shinrikyo", "Grab", "Uber", "Facebook", "Google",
    }
)  # fmt: skip
"""What looks like a name and is none."""
GIVEN = frozenset(
    (
        "Aaron Adam Adrian Ahmed Alan Albert Alejandro Alex Alexander Alexandra Alexei Alfred Alice Ali Alison Amanda Amy Andre Andrea Andrei Andrew Andy Angela Anna Anne Anthony Antonio Arthur "
        "Barack Barbara Ben Benjamin Bernard Bernie Bill Bob Boris Brad Brandon Brett Brian Bruce Bryan Carl Carlos Caroline Catherine Charles Charlie Charlotte Chris Christian Christine Christopher Claire Claude Colin "
        "Craig Cristiano Daniel Danny Dave David Dennis Diego Dmitri Dmitry Dominic Donald Doug Douglas Edward Elena Elizabeth Emily Emma Emmanuel Eric Erik Evan Fernando Francis Francois Frank Franklin Fred Gareth Gary "
        "Gavin George Gerald Giorgio Giovanni Gordon Graham Grant Greg Gregory Hamid Hans Harold Harry Hassan Heather Helen Helena Henry Hillary Howard Hugo Ian Igor Ivan Ivanka Jack Jacob James Jamie Jan Jane Janet Jared "
        "Jason Javier Jean Jeff Jeffrey Jennifer Jeremy Jerome Jessica Jim Jimmy Joan Joe Joel Johan Johannes John Jon Jonathan Jordan Jorge Jose Joseph Josh Joshua Juan Julia Julian Julie Justin Karen Karl Kate Katherine "
        "Keith Kelly Ken Kenneth Kevin Khaled Kirsten Kristian Larry Laura Lawrence Lee Leo Leon Leonard Lewis Liam Linda Lionel Lisa Liz Louis Lucas Luis Luke Marc Marco Marcus Margaret Maria Marie Mario Mark Martin Mary "
        "Matt Matthew Matthias Maurice Max Maxim Megan Melania Michael Michel Michelle Miguel Mikhail Mike Mitch Mohamed Mohammad Mohammed Muhammad Nancy Natalia Natalie Nathan Neil Nicholas Nick Nicolas Nicole Nigel Nikki Nikolai Noah Nora "
        "Oleg Oliver Olivia Omar Oscar Pablo Pamela Patricia Patrick Paul Pavel Pedro Peter Philip Philippe Phil Pierre Rachel Ralph Ray Raymond Rebecca Recep Rex Ricardo Richard Rick Robert Roberto Robin Rodrigo Roger Ron Ronald Rosa Ross "
        "Roy Russell Ruth Ryan Samuel Sandra Sarah Scott Sean Sebastian Sergei Sergey Sergio Sharon Shinzo Simon Sofia Sophie Stanislav Stefan Stephen Steve Steven Stuart Susan Sylvia Ted Terry Theresa Thomas Tim Timothy Tina Toby Todd Tom Tony Tyler "
        "Valentina Vanessa Victor Victoria Viktor Vincent Virginia Vladimir Walter Wayne Wendy Wilfred Wilhelm Willem William Yasmin Yuri Zachary "
        "Ahmad Aleksandr Aleksey Akira Anton Bruno Christophe Chuck Dylan Eugene Felix Friedrich Gennady Gerhard Guillermo "
        "Helmut Hiroshi Hugh Jaime Jake Jerry Jonas Konstantin Kurt Lars Leonid Manuel Marcelo Noel Olivier Philipp Raul Ruben Rupert Sanjay Satoshi Shaun Sven Tommy Vijay Wilbur Winston Ashley "
        "Anastasia Brigitte Carla Cecilia Debbie Deborah Ekaterina Frances Gina Gloria Grace Hannah Irina Lauren Louise Monica Natasha Olga Sally Samantha Stephanie Svetlana Tatiana Yulia"
    ).split()
)
"""Given names that foreigners bear in the news; two or more words that begin with one are somebody."""
GIVEN_TO_WOMEN = frozenset(
    (
        "Alexandra Alice Alison Amanda Amy Angela Anna Anne Barbara Caroline Catherine Charlotte Christine Claire Elena Elizabeth Emily Emma Heather Helen Helena Hillary Ivanka Jane Janet Jennifer Jessica Joan Julia Julie "
        "Karen Kate Katherine Kirsten Laura Linda Lisa Liz Margaret Maria Marie Mary Megan Melania Michelle Nancy Natalia Natalie Nicole Nikki Nora Olivia Pamela Patricia Rachel Rebecca Rosa Ruth Sandra Sarah Sharon Sofia Sophie Susan "
        "Sylvia Theresa Tina Valentina Vanessa Victoria Virginia Wendy Yasmin "
        "Anastasia Brigitte Carla Cecilia Debbie Deborah Ekaterina Frances Gina Gloria Grace Hannah Irina Lauren Louise Monica Natasha Olga Sally Samantha Stephanie Svetlana Tatiana Yulia"
    ).split()
)
"""Those of them that only women bear."""
GIVEN_TO_BOTH = frozenset(
    "Alex Andrea Ashley Charlie Chris Francis Jamie Jan Jean Jordan Kelly Lee Leslie Michel Noah Robin Ali".split()
)
"""Those of them that tell nothing of that."""
EASTERN = frozenset(
    "Tập Kim Lee Park Moon Hwang Choi Jung Kang Cho Ahn Yoon Shin Jang Kwon Seo Wang Zhang Li Liu Chen Yang Zhao Huang Zhou Wu Xu Zhu Ma Hu Guo Lin Gao Luo Zheng Liang Xie Tang Xi Geng Lu Shi Abe Suga Kishida Tanaka Sato Suzuki".split()
)
"""Family names of China, Korea and Japan, which stand first."""
INSTITUTION = re.compile(
    r"\b(?:Party|Agency|Assembly|Parliament|Senate|Chamber|Ministry|Bank|University|Court|Council|Committee|Office|Department|Association|Union|Group|Company|Electronics|Motors|Holdings|Corporation|Economics|Corp|"
    r"Inc|Ltd|School|College|Hospital|Institute|Times|Post|News|Street|Road|River|Lake|Island|Palace|House|Airport|Station|Stadium|League|Cup|Club|FC|Air|Airlines|Airways|Army|Navy|Police|Act|"
    r"Treaty|City|State|States|Republic|Sea|Bay|Hotel|Park|Square|Museum|Province|Foods|Rovers|United|Securities|Fund|Centre|Center|Foundation|Commission|Board|Authority|Summit|Forum|Conference|Open|Awards?|Index|Channel|Radio|Television|TV|Online|Network|Media|Studios?|Records|Pictures|Entertainment|Games|Festival|Championships?|Federation|Alliance|Trust|Society|Service|Services|Center|Tower|Bridge|Building|Village|Valley|Mountain|Mount|Beach|Resort|Restaurant|Cafe|Coffee|Market|Mall|Store|Express|Line|Lines|Industries|Energy|Power|Oil|Gas|Steel|Technologies|Technology|Systems|Software|Labs?|Research|Review|Journal|Magazine|Press|Gazette|Herald|Tribune|Daily|Today|Digest|Weekly|Reporter|Wire|Insider|Observer|Chronicle|Bulletin|Management|Limited|Hospitality|Partners|Solutions|Logistics|Consulting|Guardian|Telegraph|Directorate|Irrigation)\b"
)
"""Words that make a run of capitals the name of an institution or a place."""
