namespace AsyncStreams;

/// <summary>The equivalent of <c>await foreach</c> in tamed code: it reads an asynchronous stream with one wait per element.</summary>
internal static partial class Streams
{
    /// <summary>Passes each element to <paramref name="take"/>, one after the other, and disposes of the stream in every case.</summary>
    #region consume
    [Tamed]
    public static partial void Consume<T>(IAsyncEnumerable<T> source, Action<T> take, Event done);

    private static void ConsumeBody<T>(IAsyncEnumerable<T> source, Action<T> take, Event done)
    {
        var e = source.GetAsyncEnumerator(done.Token);
        Exception? failure = null;
        bool more = true;
        try
        {
            while (more)
            {
                twait(e.MoveNextAsync(), out more);
                if (more)
                    take(e.Current);
            }
        }
        catch (Exception error)
        {
            // Kept instead of thrown: if nothing waits for done now, the failure of a stopped stream has no receiver.
            failure = error;
        }
        finally
        {
            twait(e.DisposeAsync());
        }

        if (failure is null)
            done.Trigger();
        else
            done.Fail(failure);
    }
    #endregion
}
