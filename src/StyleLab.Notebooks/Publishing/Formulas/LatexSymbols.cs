using System.Text;

namespace StyleLab.Notebooks;

/// <summary>The characters behind LaTeX command names.</summary>
internal static class LatexSymbols
{
    /// <summary>Letters, set in italics unless upright.</summary>
    public static readonly IReadOnlyDictionary<string, string> Letters = Table(
        "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ " +
        "nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω " +
        "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω " +
        "infty ∞ partial ∂ nabla ∇ ell ℓ hbar ℏ Re ℜ Im ℑ emptyset ∅ varnothing ∅ imath ı jmath ȷ aleph ℵ " +
        "ldots … dots … cdots ⋯ vdots ⋮ ddots ⋱ top ⊤ bot ⊥ angle ∠ degree ° circ ∘ prime ′");

    /// <summary>Operators and relations, with their usual spacing.</summary>
    public static readonly IReadOnlyDictionary<string, string> Operators = Table(
        "cdot ⋅ times × div ÷ pm ± mp ∓ ast ∗ star ⋆ bullet • oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ cup ∪ cap ∩ setminus ∖ wedge ∧ " +
        "land ∧ vee ∨ lor ∨ neg ¬ lnot ¬ leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ ll ≪ gg ≫ approx ≈ equiv ≡ sim ∼ simeq ≃ cong ≅ " +
        "propto ∝ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ forall ∀ exists ∃ mid ∣ parallel ∥ perp ⊥ " +
        "to → rightarrow → leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔ implies ⟹ mapsto ↦ " +
        "longrightarrow ⟶ uparrow ↑ downarrow ↓ gets ← coloneqq ≔ therefore ∴ because ∵ triangleq ≜ colon :");

    /// <summary>Operators that carry limits above and below in displayed formulas.</summary>
    public static readonly IReadOnlyDictionary<string, string> LargeOperators = Table(
        "sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂");

    public static readonly IReadOnlyDictionary<string, string> Integrals = Table("int ∫ iint ∬ iiint ∭ oint ∮");

    public static readonly IReadOnlyDictionary<string, string> Delimiters = Table(
        "lVert ‖ rVert ‖ Vert ‖ | ‖ lvert | rvert | vert | langle ⟨ rangle ⟩ lceil ⌈ rceil ⌉ lfloor ⌊ rfloor ⌋ { { } } " +
        "lbrace { rbrace } lbrack [ rbrack ] backslash \\");

    public static readonly IReadOnlyDictionary<string, string> Accents = Table(
        "hat ^ widehat ^ bar ¯ overline ¯ tilde ~ widetilde ~ vec → dot ˙ ddot ¨ check ˇ");

    /// <summary>Widths of spaces, in em.</summary>
    public static readonly IReadOnlyDictionary<string, string> Spaces = new Dictionary<string, string>
    {
        [","] = "0.167em", [":"] = "0.222em", [">"] = "0.222em", [";"] = "0.278em", ["!"] = "-0.167em", [" "] = "0.25em",
        ["quad"] = "1em", ["qquad"] = "2em", ["enspace"] = "0.5em", ["thinspace"] = "0.167em", ["medspace"] = "0.222em",
    };

    /// <summary>Functions whose names are set upright; true for those that carry limits below.</summary>
    public static readonly IReadOnlyDictionary<string, bool> Functions =
        "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh exp log ln lg det dim ker deg hom arg gcd Pr"
            .Split(' ').Select(name => (name, false))
            .Concat("lim limsup liminf max min sup inf argmax argmin".Split(' ').Select(name => (name, true)))
            .ToDictionary();

    private static readonly Dictionary<char, string> ScriptExceptions = Characters("BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ");
    private static readonly Dictionary<char, string> DoubleStruckExceptions = Characters("CℂHℍNℕPℙQℚRℝZℤ");

    /// <summary>A letter in the alphabet that <c>\mathcal</c>, <c>\mathbb</c> and the like ask for.</summary>
    public static string InAlphabet(string command, char letter) => command switch
    {
        "mathcal" or "mathscr" => ScriptExceptions.GetValueOrDefault(letter) ?? Shifted(letter, 0x1D49C, 0x1D4B6),
        "mathbb" => DoubleStruckExceptions.GetValueOrDefault(letter) ?? Shifted(letter, 0x1D538, 0x1D552),
        "mathbf" or "boldsymbol" or "bm" => Shifted(letter, 0x1D400, 0x1D41A),
        _ => letter.ToString(),
    };

    private static string Shifted(char letter, int upperA, int lowerA) => letter switch
    {
        >= 'A' and <= 'Z' => new Rune(upperA + letter - 'A').ToString(),
        >= 'a' and <= 'z' => new Rune(lowerA + letter - 'a').ToString(),
        _ => letter.ToString(),
    };

    private static Dictionary<string, string> Table(string pairs) =>
        pairs.Split(' ').Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);

    private static Dictionary<char, string> Characters(string pairs) =>
        pairs.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1].ToString());
}
