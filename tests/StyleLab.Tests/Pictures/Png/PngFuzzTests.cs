namespace StyleLab.Tests.Pictures.Png;

/// <summary>Thousands of damaged files, the same on every run: each is read or refused with a sentence, nothing else.</summary>
public class PngFuzzTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void DamagedFilesAreReadOrRefused(int seed)
    {
        var random = new Random(seed);
        var originals = Fixtures.PngNames.Select(Fixtures.Png)
            .Append(TestPictures.Scene(9, 7, seed).WithText("Title", "text").WithText("Author", "北斎").EncodePng()).ToArray();
        var (read, refused) = (0, 0);
        for (var round = 0; round < 1000; round++)
        {
            var damaged = originals[random.Next(originals.Length)];
            // Some files get damaged rows, some a damaged wrapping, some both.
            var target = random.Next(3);
            if (target > 0)
                damaged = PngBytes.WithRows(damaged, rows => Damage(rows, from: 0, random));
            if (target < 2)
                damaged = Damage(damaged, from: 8, random);
            if (random.Next(4) > 0)
                PngBytes.RepairChecksums(damaged);
            try
            {
                var picture = Picture.Decode(damaged);
                Assert.InRange(picture.Values.Min(), 0, 1);
                Assert.InRange(picture.Values.Max(), 0, 1);
                read++;
            }
            catch (StyleLabException e)
            {
                Assert.EndsWith(".", e.Message);
                refused++;
            }
        }
        // Both outcomes occur often enough that the damage reaches every part of the reader.
        Assert.InRange(read, 100, 900);
        Assert.InRange(refused, 100, 900);
    }

    private static byte[] Damage(byte[] original, int from, Random random)
    {
        var bytes = original.ToList();
        for (var hits = random.Next(1, 5); hits > 0 && bytes.Count > from; hits--)
        {
            var at = random.Next(from, bytes.Count);
            var length = Math.Min(random.Next(1, 9), bytes.Count - at);
            switch (random.Next(12))
            {
                case 0: bytes.RemoveRange(at, bytes.Count - at); break;
                case 1: bytes.RemoveRange(at, length); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 3: bytes[at] = (byte)(random.Next(2) * 255); break;
                case 4: bytes[at] = (byte)random.Next(256); break;
                // The first bytes behind the signature are the header: size, depth, colour type.
                case 5: bytes[random.Next(from, Math.Min(from + 25, bytes.Count))] ^= (byte)(1 << random.Next(8)); break;
                default: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            }
        }
        return [.. bytes];
    }
}
