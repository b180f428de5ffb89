"""Districts and towns of Vietnam whose names have the form of a person's, for lists often leave the word `huyện` out.

Two-syllable names that follow `huyện`, `quận`, `thị xã` or `thành phố` in four articles or more of the training corpora
(`shared/README.md`), and twice as often as `ông`, `bà` or another title.
"""

from functools import lru_cache

from qa.language.forms import match_form

__all__ = ["is_division"]

_NAMES = """
An Biên, An Dương, An Khê, An Lão, An Minh, An Nhơn, An Phú, Anh Sơn, Ayun Pa, Ba Bể, Ba Tri, Ba Tơ, Ba Vì, Ba
Đồn, Bao Đầu, Buôn Hồ, Buôn Đôn, Bà Rịa, Bàu Bàng, Bá Thước, Bác Ái, Bát Xát, Bình Chánh, Bình Giang, Bình Liêu,
Bình Long, Bình Lục, Bình Minh, Bình Sơn, Bình Thuỷ, Bình Xuyên, Bình Đại, Bù Đăng, Bù Đốp, Bạch Thông, Bảo Lâm,
Bảo Lộc, Bảo Thắng, Bảo Yên, Bắc Bình, Bắc Hà, Bắc Quang, Bắc Yên, Bến Cát, Bến Cầu, Bến Lức, Bỉm Sơn, Bố Trạch,
Cai Lậy, Cam Lâm, Cam Lộ, Can Lộc, Cao Hùng, Cao Lãnh, Cao Lộc, Cao Phong, Chi Lăng, Chiang Mai, Chiêm Hoá, Chu
Hải, Châu Hải, Châu Phú, Châu Thành, Châu Đốc, Châu Đức, Chí Linh, Chơn Thành, Chư Sê, Chương Mỹ, Chợ Gạo, Chợ
Lách, Chợ Mới, Chợ Đồn, Con Cuông, Càng Long, Cái Bè, Cái Nước, Cái Răng, Cát Hải, Cát Tiên, Cư Kuin, Cần Giuộc,
Cần Đước, Cầu Kè, Cầu Ngang, Cẩm Giàng, Cẩm Khê, Cẩm Lệ, Cẩm Mỹ, Cẩm Thuỷ, Cẩm Xuyên, Cồn Cỏ, Cờ Đỏ, Cửa Lò, Di
Linh, Diêm Thành, Diên Khánh, Diễn Châu, Duy Tiên, Duy Xuyên, Duyên Hải, Dĩ An, Dương Kinh, Dầu Tiếng, Ea Sup,
Ea Súp, Gia Bình, Gia Lộc, Gia Nghĩa, Gia Viễn, Giao Thuỷ, Gio Linh, Giá Rai, Giồng Riềng, Giồng Trôm, Gò Công,
Gò Dầu, Gò Quao, Hiếu Đức, Hiệp Hoà, Hiệp Đức, Hoa Liên, Hoa Lư, Hoà An, Hoà Thành, Hoà Vang, Hoài Nhơn, Hoài
Ân, Hoài Đức, Hoành Bồ, Hoằng Hoá, Hà Tiên, Hà Trung, Hàm Tân, Hàm Yên, Hòn Đất, Hóc Môn, Hưng Hà, Hưng Nguyên,
Hương Khê, Hương Sơn, Hương Thuỷ, Hương Trà, Hướng Hoá, Hạ Hoà, Hạ Môn, Hải An, Hải Châu, Hải Hà, Hải Hậu, Hải
Khẩu, Hải Lăng, Hậu Lộc, Hồn Xuân, Hồng Bàng, Hồng Dân, Hồng Lĩnh, Hồng Ngự, Hớn Quản, Hữu Lũng, Ia Pa, Khoái
Châu, Khánh Sơn, Khánh Vĩnh, Khăm Cợt, Kim Bôi, Kim Bảng, Kim Sơn, Kim Thành, Kim Động, Kinh Môn, Kiên Hải, Kiên
Lương, Kiến An, Kiến Thuỵ, Kiến Tường, Kiến Xương, Kế Sách, Kỳ Anh, Kỳ Sơn, La Gi, Lai Vung, Lang Chánh, Liên
Chiểu, Long Hồ, Long Khánh, Long Mỹ, Long Nham, Long Phú, Long Thành, Long Xuyên, Long Điền, Lâm Hà, Lâm Thao,
Lê Chân, Lý Nhân, Lương Sơn, Lương Tài, Lạc Dương, Lạc Sơn, Lạc Thuỷ, Lạng Giang, Lấp Vò, Lập Thạch, Lệ Thuỷ,
Lộc Bình, Lộc Hà, Lộc Ninh, Lục Nam, Lục Ngạn, Lục Yên, Mae Sai, Mai Châu, Mai Sơn, Mang Thít, Mang Yang, Minh
Hoá, Minh Long, Mèo Vạc, Mê Linh, Mường Chà, Mường Khương, Mường La, Mường Lay, Mường Lát, Mường Tè, Mỏ Cày, Mộ
Đức, Mộc Châu, Mỹ Hào, Mỹ Lộc, Mỹ Tú, Mỹ Xuyên, Nam Giang, Nam Sách, Nam Trực, Nam Xương, Nam Đàn, Nam Đông, Nga
Sơn, Nghi Lan, Nghi Lộc, Nghi Xuân, Nghi Xương, Nghĩa Hành, Nghĩa Hưng, Nghĩa Lộ, Nghĩa Đàn, Nguyên Bình, Ngã
Bảy, Ngã Năm, Ngô Quyền, Ngọc Hiển, Ngọc Hồi, Ngọc Lặc, Nho Quan, Nhà Bè, Nhơn Trạch, Như Thanh, Như Xuân, Ninh
Ba, Ninh Giang, Ninh Hoà, Ninh Hải, Ninh Kiều, Ninh Phước, Ninh Sơn, Nông Cống, Nông Sơn, Núi Thành, Năm Căn,
Nậm Nhùn, Nậm Pồ, Phan Rang, Phong Thổ, Phong Điền, Phù Cát, Phù Cừ, Phù Mỹ, Phù Ninh, Phù Yên, Phú Bình, Phú
Giáo, Phú Hoà, Phú Lương, Phú Lộc, Phú Mỹ, Phú Nhuận, Phú Ninh, Phú Quý, Phú Riềng, Phú Thiện, Phú Tân, Phú
Vang, Phú Xuyên, Phúc Châu, Phúc Thọ, Phúc Yên, Phước Long, Phước Sơn, Phật Sơn, Phổ Yên, Phục Hoà, Phụng Hiệp,
Phủ Lý, Quan Hoá, Quan Sơn, Quang Bình, Quý Dương, Quản Bạ, Quảng Trạch, Quảng Xương, Quảng Yên, Quảng Điền, Quế
Phong, Quế Sơn, Quế Võ, Quốc Oai, Quỳ Châu, Quỳ Hợp, Quỳnh Lưu, Quỳnh Nhai, Quỳnh Phụ, Rạch Giá, Sa Đéc, Sán
Đầu, Sìn Hồ, Sông Công, Sông Cầu, Sông Hinh, Sông Lô, Sơn Hoà, Sơn Hà, Sơn Tịnh, Sơn Động, Sầm Sơn, Sốp Cộp, Tam
Bình, Tam Dương, Tam Kỳ, Tam Nông, Tam Sa, Tam Điệp, Tam Đường, Than Uyên, Thanh Ba, Thanh Bình, Thanh Chương,
Thanh Hà, Thanh Khê, Thanh Liêm, Thanh Miện, Thanh Oai, Thanh Sơn, Thanh Trì, Thanh Đảo, Thiệu Hoá, Thoại Sơn,
Thuận An, Thuận Bắc, Thuận Châu, Thuận Nam, Thuận Thành, Thuỷ Nguyên, Thành Đô, Thái Hoà, Thái Thuỵ, Tháp Mười,
Thăng Bình, Thường Tín, Thường Xuân, Thạch An, Thạch Hà, Thạch Thành, Thạch Thất, Thạnh Hoá, Thạnh Phú, Thạnh
Trị, Thẩm Dương, Thẩm Quyến, Thọ Xuân, Thống Nhất, Thốt Nốt, Thới Bình, Thới Lai, Thủ Thừa, Tiên Du, Tiên Phước,
Tiên Yên, Tiền Hải, Tiểu Cần, Tri Tôn, Triều Dương, Triệu Phong, Triệu Sơn, Trung Sơn, Trà Bồng, Trà Cú, Trà Ôn,
Trường Ninh, Trường Xuân, Trạm Giang, Trạm Tấu, Trảng Bom, Trảng Bàng, Trấn Yên, Trần Đề, Trịnh Châu, Trực Ninh,
Tuy An, Tuy Hoà, Tuy Phong, Tuy Phước, Tuy Đức, Tuyên Hoá, Tuần Giáo, Tánh Linh, Tân An, Tân Biên, Tân Bắc, Tân
Châu, Tân Hiệp, Tân Hưng, Tân Kỳ, Tân Lạc, Tân Phú, Tân Phước, Tân Sơn, Tân Thành, Tân Thạnh, Tân Trúc, Tân Trụ,
Tân Uyên, Tân Yên, Tây Giang, Tây Hoà, Tây Sơn, Tây Trà, Tô Châu, Tĩnh Gia, Tư Nghĩa, Tương Dương, Tế Nam, Tịnh
Biên, Tứ Kỳ, Từ Châu, Từ Liêm, Từ Sơn, Uông Bí, Viêng Thoon, Viêng Xay, Việt Yên, Vân Canh, Vân Hồ, Võ Nhai, Văn
Bàn, Văn Chấn, Văn Lâm, Văn Lãng, Văn Yên, Vĩnh Bảo, Vĩnh Châu, Vĩnh Cửu, Vĩnh Hưng, Vĩnh Linh, Vĩnh Lộc, Vĩnh
Lợi, Vĩnh Thuận, Vĩnh Thạnh, Vĩnh Tường, Vĩnh Yên, Vũ Quang, Vũ Thư, Vũng Liêm, Vạn Ninh, Vị Thanh, Vị Thuỷ, Vị
Xuyên, Vụ Bản, Xuyên Mộc, Xuân Lộc, Xuân Trường, Xín Mần, Yên Bình, Yên Châu, Yên Dũng, Yên Khánh, Yên Lạc, Yên
Minh, Yên Mô, Yên Mỹ, Yên Phong, Yên Sơn, Yên Thuỷ, Yên Thành, Yên Thế, Yên Định, Ân Thi, Đam Rông, Đan Phượng,
Đan Đông, Điện Bàn, Đà Bắc, Đài Nam, Đài Trung, Đào Viên, Đô Lương, Đông Giang, Đông Hoà, Đông Hưng, Đông Hải,
Đông Quản, Đông Sơn, Đông Triều, Đơn Dương, Đại Liên, Đại Lộc, Đại Từ, Đất Đỏ, Đầm Dơi, Đầm Hà, Đắc Chưng, Định
Hoá, Định Quán, Đồ Sơn, Đồng Hỷ, Đồng Phú, Đồng Văn, Đồng Xuân, Đức Cơ, Đức Hoà, Đức Huệ, Đức Linh, Đức Phổ, Đức
Thọ, Đức Trọng, Ứng Hoà
"""
_FORMS = frozenset(match_form(name.strip()) for name in _NAMES.split(","))


@lru_cache(maxsize=32768)
def is_division(name: str) -> bool:
    """Return whether a name of two syllables is that of a district or town: `Bí thư Huyện ủy ⟨Tương Dương⟩`."""
    return match_form(name) in _FORMS
