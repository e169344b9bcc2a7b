namespace Outcomes;

/// <summary>How other threads and tasks meet a loop.</summary>
public static partial class Threads
{
    #region threads
    [Tamed] public static partial void Compute(TextWriter output, Event done);

    private static void ComputeBody(TextWriter output, Event done)
    {
        int home = Environment.CurrentManagedThreadId;
        long left, right;
        using (twait())
        {
            OnThread(25, mkevent(out left));
            OnThread(30, mkevent(out right));
        }
        output.WriteLine($"{left} {right}, back at home: {Environment.CurrentManagedThreadId == home}");
        done.Trigger();
    }

    private static void OnThread(int n, Event<long> result) => new Thread(() => result.Trigger(Fibonacci(n))).Start();

    private static long Fibonacci(int n) => n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2);
    #endregion

    #region tasks
    public static async Task Await(TextWriter output)
    {
        using var ready = new LoopThread();
        EventLoop loop = ready.Loop;
        int[] squares = await Task.WhenAll(Enumerable.Range(1, 3).Select(i => loop.InvokeAsync<int>(square => Square(i, square))));
        await output.WriteLineAsync(string.Join(' ', squares));
    }

    [Tamed] private static partial void Square(int n, Event<int> square);

    private static void SquareBody(int n, Event<int> square)
    {
        twait(Task.Delay(10));
        square.Trigger(n * n);
    }
    #endregion

    #region loop
    /// <summary>A loop on a thread of its own.</summary>
    private sealed class LoopThread : IDisposable
    {
        private readonly TaskCompletionSource<EventLoop> _loop = new();
        private readonly Thread _thread;

        public LoopThread()
        {
            _thread = new Thread(Run);
            _thread.Start();
        }

        public EventLoop Loop => _loop.Task.GetAwaiter().GetResult();

        public void Dispose()
        {
            Loop.Stop();
            _thread.Join();
        }

        private void Run()
        {
            using var loop = new EventLoop();
            using (loop.HoldTime())
            {
                _loop.SetResult(loop);
                loop.Run();
            }
        }
    }
    #endregion
}
