namespace Outcomes;

/// <summary>How other threads and tasks interact with a loop.</summary>
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
        await using var thread = EventLoopThread.Start("squares");
        int[] squares = await Task.WhenAll(Enumerable.Range(1, 3).Select(i => thread.InvokeAsync<int>(square => Square(i, square))));
        await output.WriteLineAsync(string.Join(' ', squares));
    }

    [Tamed] private static partial void Square(int n, Event<int> square);

    private static void SquareBody(int n, Event<int> square)
    {
        twait(Task.Delay(10));
        square.Trigger(n * n);
    }
    #endregion
}
