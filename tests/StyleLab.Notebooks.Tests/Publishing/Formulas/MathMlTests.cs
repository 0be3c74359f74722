using System.Xml.Linq;

namespace StyleLab.Notebooks.Tests;

public sealed class MathMlTests
{
    [Theory]
    [InlineData("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>")]
    [InlineData(@"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>")]
    [InlineData(@"\frac{a}{b}", "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>")]
    [InlineData(@"\sqrt{x}", "<msqrt><mrow><mi>x</mi></mrow></msqrt>")]
    [InlineData(@"\mathcal{L}", "<mi mathvariant=\"normal\">ℒ</mi>")]
    [InlineData(@"\mathbb{R}", "<mi mathvariant=\"normal\">ℝ</mi>")]
    [InlineData(@"\text{if } x", "<mtext>if\u00A0</mtext><mi>x</mi>")]
    [InlineData(@"a \leq \beta", "<mi>a</mi><mo>≤</mo><mi>β</mi>")]
    [InlineData(@"\foo", "<mtext>\\foo</mtext>")]
    [InlineData("a < b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>")]
    [InlineData("f''", "<msup><mi>f</mi><mo>′′</mo></msup>")]
    public void Latex_becomes_mathml(string latex, string expected) =>
        Assert.Equal($"<math display=\"inline\"><mrow>{expected}</mrow></math>", MathMl.Convert(latex, display: false));

    [Fact]
    public void Sums_carry_limits_in_displayed_formulas_only()
    {
        Assert.Contains("<munderover>", MathMl.Convert(@"\sum_{i=1}^n i", display: true));
        Assert.Contains("<msubsup>", MathMl.Convert(@"\sum_{i=1}^n i", display: false));
    }

    [Theory]
    [InlineData(@"\left(\frac{a}{b}\right)^2 + \lVert x \rVert_F")]
    [InlineData(@"\begin{aligned} a &= b \\ c &= d \end{aligned}")]
    [InlineData(@"\begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}")]
    [InlineData(@"\begin{array}{cc} 1 & 2 \\ 3 & 4 \end{array}")]
    [InlineData(@"\hat{\theta} = \arg\min_\theta \mathrm{TV}(x) \quad \operatorname*{argmax}_i \underbrace{x}_{y}")]
    [InlineData(@"\left( x")]
    [InlineData(@"\frac{a")]
    [InlineData(@"\begin{matrix} 1 & 2")]
    [InlineData(@"} x_ ^ \sqrt[")]
    [InlineData(@"\mathcal")]
    [InlineData("x & y \\")]
    [InlineData("😀 + é")]
    public void Whatever_is_written_is_well_formed(string latex) =>
        Assert.Equal("math", XElement.Parse(MathMl.Convert(latex, display: true)).Name);

    [Theory]
    [InlineData("{")]
    [InlineData(@"\hat")]
    [InlineData(@"\sqrt[")]
    [InlineData(@"\mathbf{\mathbf")]
    [InlineData(@"\left(")]
    [InlineData(@"\begin{matrix}")]
    [InlineData(@"\frac{1}{")]
    public void What_is_nested_deep_is_shown_as_it_is_written(string piece)
    {
        string latex = string.Concat(Enumerable.Repeat(piece, 30_000));
        Assert.Equal($"<code>{latex}</code>", MathMl.Convert(latex, display: true));
    }

    [Fact]
    public void Ordinary_nesting_is_a_formula() =>
        Assert.StartsWith("<math", MathMl.Convert(string.Concat(Enumerable.Repeat(@"\frac{1}{1 + ", 30)) + "x" + new string('}', 30), display: true));

    [Theory]
    [InlineData(@"\mathbb 😀")]
    [InlineData(@"\😀 \big😀")]
    [InlineData("𝑥^😀")]
    public void Characters_of_two_units_stay_whole(string latex) => Assert.DoesNotContain('\uFFFD', XElement.Parse(MathMl.Convert(latex, display: false)).Value);
}
