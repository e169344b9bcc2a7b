namespace AspNetCoreBench;

/// <summary>The body of each answer: from an async method, or from a tamed method on a loop.</summary>
internal sealed partial class Answers
{
    private readonly byte[] _body;
    private readonly EventLoop? _loop;

    /// <param name="side"><c>loop</c> is a loop with a thread, <c>strand</c> a guest of the thread pool, and <c>async</c> has none.</param>
    /// <param name="body">The answer.</param>
    public Answers(string side, byte[] body)
    {
        _body = body;
        _loop = side switch
        {
            "loop" => EventLoopThread.Start().Loop,
            "strand" => EventLoop.CreateGuest(EventLoopHost.ThreadPool),
            _ => null,
        };
    }

    public ValueTask<byte[]> Get() => _loop is null ? GetAsync() : _loop.InvokeValueAsync<Answers, byte[]>(static (answers, body) => answers.GetTamed(body), this);

    private async ValueTask<byte[]> GetAsync()
    {
        await Task.CompletedTask;
        return _body;
    }

    [Tamed] private partial void GetTamed(Event<byte[]> body);

    private void GetTamedBody(Event<byte[]> body) => body.Trigger(_body);
}
