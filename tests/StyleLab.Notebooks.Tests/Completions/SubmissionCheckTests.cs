namespace StyleLab.Notebooks.Tests;

public sealed class SubmissionCheckTests
{
    [Theory]
    [InlineData("")]
    [InlineData("1 + 1")]
    [InlineData("var x = 1;")]
    [InlineData("if (true) { }")]
    [InlineData("#!time\n1")]
    [InlineData("#!html\n<b>{")]
    [InlineData("#r \"nuget: Any\"")]
    public void Complete(string code) => Assert.Equal(new Completeness(SubmissionState.Complete, ""), SubmissionCheck.Check(code));

    [Theory]
    [InlineData("1 +", "")]
    [InlineData("var x = 1", "")]
    [InlineData("if (true) {", "    ")]
    [InlineData("class A {\n    int F() {", "        ")]
    [InlineData("Math.Max(1,", "    ")]
    [InlineData("/* so far", "")]
    [InlineData("#!time\nfor (int i = 0; i < 3; i++) {\n    Console.Write(i);", "    ")]
    public void Incomplete(string code, string indent) =>
        Assert.Equal(new Completeness(SubmissionState.Incomplete, indent), SubmissionCheck.Check(code));

    [Theory]
    [InlineData("x = ;")]
    [InlineData("foo)")]
    [InlineData("int 1a = 2;")]
    public void Invalid(string code) => Assert.Equal(new Completeness(SubmissionState.Invalid, ""), SubmissionCheck.Check(code));
}
