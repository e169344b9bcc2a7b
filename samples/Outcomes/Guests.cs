namespace Outcomes;

/// <summary>A loop without a thread.</summary>
public static partial class Guests
{
    #region guest
    public static async Task Ask(TextWriter output)
    {
        await using EventLoop loop = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
        int[] cubes = await Task.WhenAll(Enumerable.Range(1, 3).Select(i => loop.InvokeAsync<int>(cube => Cube(i, cube))));
        await output.WriteLineAsync(string.Join(' ', cubes));
    }

    [Tamed] private static partial void Cube(int n, Event<int> cube);

    private static void CubeBody(int n, Event<int> cube)
    {
        twait(e => timer(TimeSpan.FromMilliseconds(10), e));
        cube.Trigger(n * n * n);
    }
    #endregion
}
