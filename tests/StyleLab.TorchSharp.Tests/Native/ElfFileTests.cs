using StyleLab.NativeLibraries;

namespace StyleLab.TorchSharp.Tests.Native;

public class ElfFileTests
{
    [Fact]
    public void TheVersionsItAsksForAreReadAndWhichOfThemItUses()
    {
        var library = ElfFile.Read(ElfBytes.Make(bound: [1, 3], called: []));
        Assert.Equal([("libstdc++.so.6", ElfBytes.Used, 2, false), ("libstdc++.so.6", ElfBytes.Unused, 3, false)],
            library.Needs.Select(need => (need.Library, need.Version, need.Index, need.IsWeak)));
        Assert.Equal([true, false], library.Needs.Select(library.Uses));
    }

    [Theory]
    [InlineData(new[] { 2 }, new int[0])]
    [InlineData(new int[0], new[] { 3, 2 })]
    public void WhatIsBoundAtOnceOrAtItsFirstCallIsInUse(int[] bound, int[] called)
    {
        var library = ElfFile.Read(ElfBytes.Make(bound, called));
        var need = library.Needs.Single(need => need.Version == ElfBytes.Unused);
        Assert.True(library.Uses(need));
        Assert.Equal($"it uses {ElfBytes.Unused} of libstdc++.so.6", Assert.Throws<InvalidDataException>(() => library.Without([need])).Message);
    }

    [Fact]
    public void ACopyDiffersInOneFlagAndSaysSo()
    {
        byte[] file = ElfBytes.Make(bound: [1], called: [3]), before = [.. file];
        var library = ElfFile.Read(file);
        byte[] copy = library.Without(library.Needs.Where(need => need.Version == ElfBytes.Unused));
        Assert.Equal(before, file);
        Assert.Single(Enumerable.Range(0, file.Length), i => copy[i] != file[i]);
        Assert.Equal([false, true], ElfFile.Read(copy).Needs.Select(need => need.IsWeak));
    }

    [Fact]
    public void WhatIsNoLibraryOfThisKindIsRefused()
    {
        byte[] elf32 = ElfBytes.Make([], []), bigEndian = ElfBytes.Make([], []);
        elf32[4] = 1;
        bigEndian[5] = 2;
        byte[] noDynamic = ElfBytes.Make([], []);
        noDynamic[0x38] = 1;
        foreach (byte[] file in new byte[][] { [], "not a library"u8.ToArray(), new byte[1000], "\u007fELF"u8.ToArray(), elf32, bigEndian, noDynamic })
            Assert.Throws<InvalidDataException>(() => ElfFile.Read(file));
    }

    [Fact]
    public void WhatIsCutOffOrDamagedIsRefusedOrReadButNeverMore()
    {
        byte[] whole = ElfBytes.Make(bound: [1, 3], called: [3]);
        for (int length = 0; length < whole.Length; length++)
            ReadOrRefused(whole[..length]);
        var random = new Random(7);
        for (int round = 0; round < 5000; round++)
        {
            byte[] damaged = [.. whole];
            for (int i = 0; i <= round % 4; i++)
                damaged[random.Next(whole.Length)] = (byte)random.Next(256);
            ReadOrRefused(damaged);
        }

        static void ReadOrRefused(byte[] file)
        {
            try
            {
                var library = ElfFile.Read(file);
                library.Needs.Count(library.Uses);
            }
            catch (InvalidDataException)
            {
            }
        }
    }
}
