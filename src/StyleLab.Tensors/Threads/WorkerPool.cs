using System.Globalization;
using System.Runtime.CompilerServices;

namespace StyleLab.Tensors.Threads;

/// <summary>A piece of work in numbered parts that do not touch each other's results.</summary>
internal interface IParallelJob
{
    void Run(int part);
}

/// <summary>
/// A few threads that share the parts of one job. Which thread takes a part never changes what it computes,
/// so results have the same bits for any number of threads. Running a job allocates nothing.
/// </summary>
internal sealed unsafe class WorkerPool
{
    // How often a thread without work looks again before it sleeps: the time between two operations of a plan. Where there are more
    // threads than cores, a thread that looks takes the core from one that works.
    private const int LooksBeforeSleep = 4000;

    // More than these only get into each other's way.
    private const int MostThreadsACore = 4;

    private const long Closed = int.MaxValue;

    private readonly SemaphoreSlim _wake = new(0);
    private readonly Lock _oneJobAtATime = new();
    private readonly int _workers;
    private readonly int _looks;
    private int _sleeping;

    [ThreadStatic] private static CancellationToken t_cancellation;

    // The job in progress. The ticket holds its number in the upper half and the next part to take in the lower half;
    // taking a part compares the whole ticket, so a late worker can never take a part of a job it has not read.
    private long _ticket = Closed;
    private int _parts;
    private int _done;
    private void* _job;
    private delegate*<void*, int, void> _run;
    private CancellationToken _cancellation;

    public WorkerPool(int threads)
    {
        Threads = threads;
        _workers = threads - 1;
        _looks = threads > Environment.ProcessorCount ? 1 : LooksBeforeSleep;
        for (int i = 0; i < _workers; i++)
            new Thread(Work) { IsBackground = true, Name = $"StyleLab worker {i + 1}" }.Start();
    }

    /// <summary>Threads that work on a job, the caller included.</summary>
    public int Threads { get; }

    /// <summary>The pool of the process: as many threads as the environment variable STYLELAB_THREADS says, at most four a core; else one
    /// a core.</summary>
    public static WorkerPool Shared { get; } = new(
        ThreadsFor(Environment.GetEnvironmentVariable("STYLELAB_THREADS"), Environment.ProcessorCount, Console.Error));

    /// <summary>
    /// Once cancelled, the jobs that this thread starts leave their remaining parts undone: one convolution of a large picture takes
    /// seconds. Whoever sets it has to throw away what they leave.
    /// </summary>
    public static CancellationToken Cancellation
    {
        get => t_cancellation;
        set => t_cancellation = value;
    }

    /// <summary>Runs parts 0..parts−1 of a job and returns when all are done.</summary>
    public void Run<TJob>(int parts, TJob job) where TJob : unmanaged, IParallelJob
    {
        var cancellation = t_cancellation;
        // A second plan on another thread, or a job within a job, computes on its own thread instead of waiting.
        if (parts <= 1 || _workers == 0 || SingleThread.IsOn || _oneJobAtATime.IsHeldByCurrentThread || !_oneJobAtATime.TryEnter())
        {
            for (int part = 0; part < parts && !cancellation.IsCancellationRequested; part++)
                job.Run(part);
            return;
        }
        try
        {
            long number = ((_ticket >> 32) + 1) & int.MaxValue;
            Interlocked.Exchange(ref _ticket, (number << 32) | Closed);
            _job = &job;
            _run = &RunPart<TJob>;
            _parts = parts;
            _cancellation = cancellation;
            _done = 0;
            Interlocked.Exchange(ref _ticket, number << 32);

            try
            {
                int sleeping = Volatile.Read(ref _sleeping);
                if (sleeping > 0)
                    _wake.Release(Math.Min(sleeping, parts - 1));
            }
            finally
            {
                // Also when waking was interrupted: workers that are awake use the job, which lies on this thread's stack.
                TakeParts(number);
                var spin = new SpinWait();
                while (Volatile.Read(ref _done) < parts)
                    if (spin.NextSpinWillYield) Thread.Yield(); else spin.SpinOnce();
            }
        }
        finally
        {
            _oneJobAtATime.Exit();
        }
    }

    // A part is most of the work there is; what it holds inline must not run uncompiled until .NET finds time for it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunPart<TJob>(void* job, int part) where TJob : unmanaged, IParallelJob =>
        Unsafe.AsRef<TJob>(job).Run(part);

    private void TakeParts(long number)
    {
        while (true)
        {
            long ticket = Volatile.Read(ref _ticket);
            int parts = _parts;
            void* job = _job;
            var run = _run;
            var cancellation = _cancellation;
            int part = (int)ticket;
            if (ticket >> 32 != number || part >= parts)
                return;
            if (Interlocked.CompareExchange(ref _ticket, ticket + 1, ticket) != ticket)
                continue;
            if (!cancellation.IsCancellationRequested)
                run(job, part);
            Interlocked.Increment(ref _done);
        }
    }

    private void Work()
    {
        long finished = 0;
        while (true)
        {
            int looks = 0;
            long ticket;
            while ((ticket = Volatile.Read(ref _ticket)) >> 32 == finished || (int)ticket == Closed)
            {
                if (++looks < _looks)
                {
                    Thread.SpinWait(20);
                    continue;
                }
                Interlocked.Increment(ref _sleeping);
                if (Volatile.Read(ref _ticket) == ticket)
                    _wake.Wait();
                Interlocked.Decrement(ref _sleeping);
                looks = 0;
            }
            finished = ticket >> 32;
            TakeParts(finished);
        }
    }

    /// <summary>How many threads a pool is to have.</summary>
    /// <param name="asked">How many were asked for, in digits; null or empty for one a core.</param>
    /// <param name="cores">The cores of the machine.</param>
    /// <param name="notices">Is told when there will be fewer than were asked for.</param>
    /// <exception cref="InvalidOperationException">What was asked for is no number of threads.</exception>
    internal static int ThreadsFor(string? asked, int cores, TextWriter notices)
    {
        if (string.IsNullOrEmpty(asked))
            return cores;
        if (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) || threads < 1)
            throw new InvalidOperationException($"STYLELAB_THREADS is '{asked}'; it must be a number of threads, such as {cores}.");
        int most = MostThreadsACore * cores;
        if (threads <= most)
            return threads;
        Say(notices, FormattableString.Invariant(
            $"STYLELAB_THREADS is {threads}; {most} threads are used, {MostThreadsACore} for each of {cores} cores. The results are the same."));
        return most;
    }

    private static void Say(TextWriter notices, string sentence)
    {
        try
        {
            notices.WriteLine(sentence);
        }
        catch (IOException)
        {
            // Nobody reads it; the work is done all the same.
        }
    }
}
