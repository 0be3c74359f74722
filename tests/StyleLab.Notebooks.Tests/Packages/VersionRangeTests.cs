using StyleLab.Notebooks.Packages;

namespace StyleLab.Notebooks.Tests;

public class VersionRangeTests
{
    [Theory]
    [InlineData("13.0.1", "13.0.1", true)]
    [InlineData("13.0.1", "13.0.2", false)]
    [InlineData("[13.0.1,14.0)", "13.0.4", true)]
    [InlineData("[13.0.1, 14.0)", "14.0.0", false)]
    [InlineData("[13.0.1,14.0]", "14.0", true)]
    [InlineData("(13.0.1,)", "13.0.1", false)]
    [InlineData("(,13.0.4]", "13.0.4", true)]
    [InlineData("[13.0.1]", "13.0.1.0", true)]
    [InlineData("[13.0.1]", "13.0.2", false)]
    [InlineData("13.0.*", "13.0.4", true)]
    [InlineData("13.*", "13.10.4", true)]
    [InlineData("1.*", "13.0.4", false)]
    [InlineData("13.0.*", "13.1.0", false)]
    [InlineData("*", "2.0.0", true)]
    [InlineData("*", "2.0.0-beta.1", false)]
    [InlineData("*-*", "2.0.0-beta.1", true)]
    [InlineData("[1.0.0-beta.2,1.0.0)", "1.0.0-beta.10", true)]
    [InlineData("[1.0.0-beta.2,1.0.0)", "1.0.0-beta.1", false)]
    [InlineData("[2.*,3.0)", "2.5.0", true)]
    [InlineData("[10.0.0,)", "9.9.9", false)]
    public void A_range_allows_what_NuGet_says(string range, string version, bool expected) =>
        Assert.Equal(expected, VersionRange.Allows(range, version));
}
