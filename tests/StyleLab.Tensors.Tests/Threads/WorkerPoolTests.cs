using StyleLab.Tensors.Threads;

namespace StyleLab.Tensors.Tests.Threads;

public unsafe class WorkerPoolTests
{
    private readonly struct CountJob(int* counts) : IParallelJob
    {
        public void Run(int part) => Interlocked.Increment(ref counts[part]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(40)]
    public void EveryPartRunsOnceInEveryJob(int threads)
    {
        var pool = new WorkerPool(threads);
        int* counts = stackalloc int[64];
        for (int round = 1; round <= 20_000; round++)
        {
            int parts = 1 + round % 64;
            new Span<int>(counts, 64).Clear();
            pool.Run(parts, new CountJob(counts));
            for (int i = 0; i < 64; i++)
                Assert.Equal(i < parts ? 1 : 0, counts[i]);
        }
    }

    [Fact]
    public void SeveralCallersDoNotDisturbEachOther()
    {
        var pool = new WorkerPool(3);
        Parallel.For(0, 8, _ =>
        {
            int* counts = stackalloc int[50];
            for (int round = 1; round <= 2000; round++)
            {
                pool.Run(50, new CountJob(counts));
                for (int i = 0; i < 50; i++)
                    Assert.Equal(round, counts[i]);
            }
        });
    }

    [Fact]
    public void WorkersWakeAfterTheySlept()
    {
        var pool = new WorkerPool(2);
        int* counts = stackalloc int[8];
        for (int round = 0; round < 5; round++)
        {
            SpinWait.SpinUntil(() => false, millisecondsTimeout: 50);
            pool.Run(8, new CountJob(counts));
        }
        for (int i = 0; i < 8; i++)
            Assert.Equal(5, counts[i]);
    }

    [Fact]
    public void AJobWithoutPartsWakesNobody()
    {
        var pool = new WorkerPool(2);
        SpinWait.SpinUntil(() => false, millisecondsTimeout: 50);
        pool.Run(0, new CountJob(null));
    }

    [Theory]
    [InlineData(null, 2, 2)]
    [InlineData("", 3, 3)]
    [InlineData("1", 2, 1)]
    [InlineData("8", 2, 8)]
    [InlineData("1000", 2, 8)]
    [InlineData("65", 16, 64)]
    [InlineData("2147483647", 1, 4)]
    public void AtMostFourThreadsACoreAreUsedAndItIsSaid(string? asked, int cores, int used)
    {
        var said = new StringWriter();
        Assert.Equal(used, WorkerPool.ThreadsFor(asked, cores, said));
        bool isLess = asked is { Length: > 0 } && int.Parse(asked, System.Globalization.CultureInfo.InvariantCulture) > used;
        Assert.Equal(
            isLess ? $"STYLELAB_THREADS is {asked}; {used} threads are used, 4 for each of {cores} cores. The results are the same." : "",
            said.ToString().TrimEnd());
    }

    [Theory]
    [InlineData("many")]
    [InlineData("0")]
    [InlineData("-2")]
    [InlineData("99999999999")]
    public void WhatIsNoNumberOfThreadsIsRefused(string asked) =>
        Assert.Contains($"'{asked}'", Assert.Throws<InvalidOperationException>(() => WorkerPool.ThreadsFor(asked, 2, TextWriter.Null)).Message);

    [Fact]
    public void ANoticeThatNobodyReadsStopsNothing()
    {
        using var full = new StreamWriter(File.Exists("/dev/full") ? new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.None, 0) : Stream.Null) { AutoFlush = true };
        Assert.Equal(4, WorkerPool.ThreadsFor("5", 1, full));
    }
}
