using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace StyleLab.Figures;

/// <summary>A picture as a PDF of one page (ISO 32000-1), for LaTeX.</summary>
internal static class PdfPicture
{
    // A CSS pixel is 1/96 inch, a PDF point 1/72.
    private const double PointsPerUnit = 0.75;

    /// <summary>A photograph, as the JPEG it is.</summary>
    public static byte[] Of(byte[] jpeg, (double Width, double Height) size)
    {
        var picture = Picture.Decode(jpeg);
        return Write(jpeg, "DCTDecode", picture.Width, picture.Height, size);
    }

    /// <summary>A drawing, exact.</summary>
    public static byte[] Of(Picture drawing, (double Width, double Height) size)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var row = new byte[3 * drawing.Width];
            for (int y = 0; y < drawing.Height; y++)
            {
                for (int i = 0; i < row.Length; i++)
                    row[i] = (byte)Math.Round(Math.Clamp(drawing[i % 3, y, i / 3], 0, 1) * 255);
                zlib.Write(row);
            }
        }
        return Write(packed.ToArray(), "FlateDecode", drawing.Width, drawing.Height, size);
    }

    private static byte[] Write(byte[] pixels, string filter, int columns, int rows, (double Width, double Height) size)
    {
        string width = Number(size.Width * PointsPerUnit), height = Number(size.Height * PointsPerUnit);
        byte[] content = Encoding.ASCII.GetBytes($"q {width} 0 0 {height} 0 0 cm /Picture Do Q");
        (string Dictionary, byte[]? Stream)[] objects =
        [
            ("/Type /Catalog /Pages 2 0 R", null),
            ("/Type /Pages /Kids [3 0 R] /Count 1", null),
            ($"/Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Resources << /XObject << /Picture 4 0 R >> >> /Contents 5 0 R", null),
            ($"/Type /XObject /Subtype /Image /Width {columns} /Height {rows} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /{filter} /Length {pixels.Length}", pixels),
            ($"/Length {content.Length}", content),
        ];
        using var pdf = new MemoryStream();
        Append("%PDF-1.4\n");
        var places = new List<long>();
        for (int i = 0; i < objects.Length; i++)
        {
            places.Add(pdf.Length);
            Append($"{i + 1} 0 obj\n<< {objects[i].Dictionary} >>\n");
            if (objects[i].Stream is { } stream)
            {
                Append("stream\n");
                pdf.Write(stream);
                Append("\nendstream\n");
            }
            Append("endobj\n");
        }
        long table = pdf.Length;
        Append($"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n{string.Concat(places.Select(place => $"{place:0000000000} 00000 n \n"))}");
        Append($"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return pdf.ToArray();

        void Append(string text) => pdf.Write(Encoding.ASCII.GetBytes(text));
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
