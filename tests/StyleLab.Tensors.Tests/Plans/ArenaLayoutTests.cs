using StyleLab.Tensors.Plans;

namespace StyleLab.Tensors.Tests.Plans;

public class ArenaLayoutTests
{
    [Fact]
    public void TensorsAliveTogetherNeverOverlap()
    {
        var random = new Random(5);
        for (int round = 0; round < 50; round++)
        {
            var tensors = Enumerable.Range(0, 40).Select(_ =>
            {
                int first = random.Next(30);
                return new Lifetime(random.Next(0, 50_000), first, first + random.Next(8));
            }).ToList();
            var (offsets, total) = ArenaLayout.Place(tensors);
            for (int a = 0; a < tensors.Count; a++)
            {
                Assert.True(offsets[a] + tensors[a].Floats <= total);
                for (int b = 0; b < a; b++)
                    if (tensors[a].Overlaps(tensors[b]) && tensors[a].Floats > 0 && tensors[b].Floats > 0)
                        Assert.True(offsets[a] + tensors[a].Floats <= offsets[b] || offsets[b] + tensors[b].Floats <= offsets[a]);
            }
        }
    }

    [Fact]
    public void AChainNeedsOnlyTwoTensorsAtATime()
    {
        var chain = Enumerable.Range(0, 10).Select(i => new Lifetime(4096, i, i + 1)).ToList();
        Assert.Equal(2 * 4096, ArenaLayout.Place(chain).Total);
    }
}
