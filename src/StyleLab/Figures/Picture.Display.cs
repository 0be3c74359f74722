using StyleLab.Figures;

namespace StyleLab;

[TypeFormatterSource(typeof(PictureFormatters), PreferredMimeTypes = ["image/png"], OptionalMimeTypes = ["image/jpeg"])]
public sealed partial class Picture;
