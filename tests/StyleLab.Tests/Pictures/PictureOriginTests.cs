using System.Security.Cryptography;
using System.Text.Json;

namespace StyleLab.Tests.Pictures;

public sealed class PictureOriginTests : IDisposable
{
    private const string Name = "village.png";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stylelab-");
    private readonly Picture _loaded;

    public PictureOriginTests()
    {
        TestPictures.Scene(41, 29, seed: 31).Save(PathOf(Name));
        _loaded = Picture.Load(PathOf(Name));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void LoadNotesTheFileAndItsHash()
    {
        var hash = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(PathOf(Name)))).ToLowerInvariant();
        Assert.Equal(new PictureOrigin(PathOf(Name).Replace('\\', '/'), hash, []), _loaded.Origin);
    }

    [Fact]
    public void OperationsAreNotedAsWhatTheyCameTo() =>
        Assert.Equal(
            [
                "resize 32 23 bicubic", "crop 4 0 23 23", "crop 0 5 23 12", "crop 1 2 20 9", "blur 0.7", "clamp", "resize 7 5 area",
            ],
            _loaded.Fit(32).Square().CropToAspect(2, 1).Crop(1, 2, 20, 9).Blur(0.7).Clamp().Resize(7, 5, Resampling.Area)
                .Origin!.Operations);

    [Theory]
    [InlineData(Resampling.Nearest)]
    [InlineData(Resampling.Bilinear)]
    [InlineData(Resampling.Bicubic)]
    [InlineData(Resampling.Lanczos)]
    [InlineData(Resampling.Area)]
    public void ReplayingGivesTheSameBits(Resampling filter)
    {
        var picture = _loaded.Fit(57).Crop(3, 2, 40, 31).Blur(1.0 / 3).Resize(23, 38, filter).Clamp().Blur(1e-5);
        var replayed = picture.Origin!.Replay();
        Assert.Equal((23, 38), (replayed.Width, replayed.Height));
        Assert.Equal(picture.Values, replayed.Values);
        Assert.Equal(picture.Origin, replayed.Origin);
    }

    [Fact]
    public void OriginsRoundTripThroughJson()
    {
        var options = new JsonSerializerOptions(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
        var picture = _loaded.Fit(20).Blur(3.5);
        var json = JsonSerializer.Serialize(picture.Origin, options);
        Assert.Contains("\"sha256\":", json);
        Assert.Contains("\"operations\":[\"resize 20 14 bicubic\",\"blur 3.5\"]", json);
        var read = JsonSerializer.Deserialize<PictureOrigin>(json, options)!;
        Assert.Equal(picture.Origin, read);
        Assert.Equal(picture.Origin!.GetHashCode(), read.GetHashCode());
        Assert.NotEqual(_loaded.Fit(20).Blur(3.6).Origin, read);
        Assert.Equal(picture.Values, read.Replay().Values);
    }

    [Fact]
    public void PicturesFromCodeOrFromTwoHaveNone()
    {
        var made = TestPictures.Scene(41, 29, seed: 1);
        Assert.All(
            [made, made.Fit(10), _loaded.KeepColorsOf(made), made.KeepColorsOf(_loaded), Picture.Decode(made.EncodePng())],
            picture => Assert.Null(picture.Origin));
    }

    [Fact]
    public void ColoursOfAnotherPictureAreTakenAgainWhenReplayed()
    {
        TestPictures.Scene(30, 20, seed: 7).Save(PathOf("it's \"other\" {1}.png"));
        var other = Picture.Load(PathOf("it's \"other\" {1}.png")).Fit(15).MatchLuminance(_loaded);
        foreach (var method in Enum.GetValues<ColorMatching>())
        {
            var picture = _loaded.Fit(20).MatchColors(other, method).Clamp();
            Assert.Equal(3, picture.Origin!.Operations.Count);
            var replayed = picture.Origin.Replay();
            Assert.Equal(picture.Values, replayed.Values);
            Assert.Equal(picture.Origin, replayed.Origin);
        }
        Assert.Null(_loaded.MatchColors(TestPictures.Scene(30, 20, seed: 7)).Origin);
        Assert.Null(_loaded.MatchLuminance(TestPictures.Scene(30, 20, seed: 7)).Origin);

        File.Delete(PathOf("it's \"other\" {1}.png"));
        Assert.Contains("does not exist", Assert.Throws<StyleLabException>(() => _loaded.MatchColors(other).Origin!.Replay()).Message);
    }

    [Fact]
    public void ChangingValuesInPlaceEndsTheOrigin()
    {
        var small = _loaded.Fit(20);
        var noted = _loaded.WithText("Title", "village");
        Assert.Equal(_loaded.Origin, noted.Origin);

        _loaded.Values[^1] += 0.001f;
        Assert.Null(_loaded.Origin);
        Assert.Null(_loaded.Blur(1).Origin);
        // It shares the values.
        Assert.Null(noted.Origin);

        Assert.NotNull(small.Origin);
        small[1, 2, 3] = 0.5f;
        Assert.Null(small.Origin);
    }

    [Fact]
    public void RelativeFilesAreFoundFromTheCurrentFolderThenFromTheOther()
    {
        var name = Path.GetRandomFileName() + ".png";
        var origin = _loaded.Origin! with { File = name };
        try
        {
            File.Copy(PathOf(Name), name);
            Assert.Equal(_loaded.Values, origin.Replay().Values);
            Assert.Equal(name, origin.Replay(_folder.FullName).Origin!.File);

            // Another file of that name in the current folder does not hide the right one.
            TestPictures.Scene(5, 5, seed: 2).Save(name);
            File.Copy(PathOf(Name), PathOf(name));
            Assert.Equal(_loaded.Values, origin.Replay(_folder.FullName).Values);
        }
        finally
        {
            File.Delete(name);
        }
        Assert.Equal(_loaded.Values, origin.Replay(_folder.FullName).Values);
    }

    [Fact]
    public void AChangedFileIsRefused()
    {
        var origin = _loaded.Origin!;
        TestPictures.Scene(41, 29, seed: 32).Save(PathOf(Name));
        Assert.Equal(
            $"{origin.File} is not the file the recipe was made from: its contents have changed "
            + $"(SHA-256 {Picture.Load(PathOf(Name)).Origin!.Sha256}, expected {origin.Sha256}).",
            Assert.Throws<StyleLabException>(() => origin.Replay()).Message);
    }

    [Fact]
    public void AMissingFileIsNamedWithThePlaces()
    {
        var origin = _loaded.Origin! with { File = "gone.png" };
        var here = Path.GetFullPath("gone.png");
        Assert.Equal($"gone.png does not exist (looked for {here}).",
            Assert.Throws<StyleLabException>(() => origin.Replay()).Message);
        Assert.Equal($"gone.png does not exist (looked for {here} and {PathOf("gone.png")}, and for a picture with its hash in {_folder.FullName}).",
            Assert.Throws<StyleLabException>(() => (origin with { Sha256 = "0" }).Replay(_folder.FullName)).Message);
        Assert.Equal(_loaded.Values, origin.Replay(_folder.FullName).Values);
        Assert.Contains("names no file", Assert.Throws<StyleLabException>(() => (origin with { File = "" }).Replay()).Message);
    }

    [Theory]
    [InlineData("sharpen 3", "The recipe asks for \"sharpen 3\" on ", "known are \"resize WIDTH HEIGHT FILTER\"")]
    [InlineData("", "The recipe asks for \"\" on ", "known are")]
    [InlineData(null, "The recipe asks for \"\" on ", "known are")]
    [InlineData("crop 1 2 3", "The recipe asks for \"crop 1 2 3\" on ", "known are")]
    [InlineData("crop 0 0 400 300", "The recipe asks for", "which cannot be done: A crop must lie inside the picture of 41×29")]
    [InlineData("match-luminance", "The recipe asks for", "which cannot be done: the picture it refers to is not told")]
    [InlineData("match-luminance {", "The recipe asks for", "which cannot be done: ")]
    [InlineData("match-luminance {}", "The recipe asks for", "which cannot be done: ")]
    [InlineData("match-luminance {\"file\":null,\"sha256\":\"\",\"operations\":null}", "The recipe asks for", "which cannot be done: ")]
    [InlineData("match-colors {\"file\":\"\",\"sha256\":\"\",\"operations\":[]}", "The recipe asks for", "known are")]
    [InlineData("blur wide", "The recipe asks for", "which cannot be done: ")]
    [InlineData("blur NaN", "The recipe asks for", "which cannot be done: Blur takes a sigma")]
    [InlineData("resize 10 99999999999 area", "The recipe asks for", "which cannot be done: ")]
    [InlineData("resize 10 10 fuzzy", "The recipe asks for", "which cannot be done: ")]
    [InlineData("resize 10 10 17", "The recipe asks for", "which cannot be done: Resize knows the filters")]
    public void OperationsThatCannotBeDoneAreNamed(string? operation, string start, string reason)
    {
        var origin = _loaded.Origin! with { Operations = ["clamp", operation!] };
        var message = Assert.Throws<StyleLabException>(() => origin.Replay()).Message;
        Assert.StartsWith(start, message);
        Assert.Contains(Name, message);
        Assert.Contains(reason, message);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
