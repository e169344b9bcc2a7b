namespace Tame.IO.Tests.Files;

/// <summary>Files that a connection sends, with a handle of the system and without.</summary>
public sealed partial class SendFileTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("tame-files-").FullName;
    private readonly byte[] _bytes = new byte[300_000];

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData(Networks.Memory)]
    [InlineData(Networks.System)]
    [InlineData(Networks.Portable)]
    public void A_part_of_a_file_arrives(string network) => Networks.Run(network, done => SendFile(isSlow: false, done));

    [Fact]
    public void A_file_whose_bytes_have_to_be_waited_for_arrives() => Networks.Run(Networks.Memory, done => SendFile(isSlow: true, done));

    [Theory]
    [InlineData(Networks.Memory)]
    [InlineData(Networks.System)]
    [InlineData(Networks.Portable)]
    public void A_file_that_is_too_short_fails_the_event(string network) => Networks.Run(network, done => SendTooMuch(done));

    [Tamed]
    private partial void SendFile(bool isSlow, Event done);

    private void SendFileBody(bool isSlow, Event done)
    {
        new Random(2).NextBytes(_bytes);
        twait(e => MakeFile(e), out RandomAccessFile file);
        using var listener = Network.Current.Listen(Networks.AnyPort);
        var received = new byte[_bytes.Length];
        using (twait())
        {
            Send(listener, isSlow ? new SlowFile(file) : file, mkevent());
            ReceiveAll(listener, received, mkevent());
        }
        Assert.True(received.AsSpan(0, _bytes.Length - 10).SequenceEqual(_bytes.AsSpan(10)));
        file.Dispose();
        done.Trigger();
    }

    [Tamed]
    private partial void MakeFile(Event<RandomAccessFile> made);

    private void MakeFileBody(Event<RandomAccessFile> made)
    {
        twait(e => Network.Current.Files.CreateDirectory(_root, e));
        twait(e => Network.Current.Files.Open(_root + "/file", FileMode.Create, FileAccess.ReadWrite, e), out RandomAccessFile file);
        twait(e => file.Write(_bytes, 0, e));
        made.Trigger(file);
    }

    [Tamed]
    private partial void Send(Listener listener, RandomAccessFile file, Event done);

    private void SendBody(Listener listener, RandomAccessFile file, Event done)
    {
        twait(e => Network.Current.Connect(listener.LocalEndPoint, e), out Connection connection);
        twait(e => connection.SendFile(file, 10, _bytes.Length - 10, e));
        connection.Dispose();
        done.Trigger();
    }

    [Tamed]
    private partial void ReceiveAll(Listener listener, byte[] received, Event done);

    private void ReceiveAllBody(Listener listener, byte[] received, Event done)
    {
        twait(e => listener.Accept(e), out Connection connection);
        int all = 0, count;
        do
        {
            twait(e => connection.Receive(received.AsMemory(all), e), out count);
            all += count;
        }
        while (count != 0 && all < received.Length);
        Assert.Equal(_bytes.Length - 10, all);
        connection.Dispose();
        done.Trigger();
    }

    [Tamed]
    private partial void SendTooMuch(Event done);

    private void SendTooMuchBody(Event done)
    {
        twait(e => MakeFile(e), out RandomAccessFile file);
        using var listener = Network.Current.Listen(Networks.AnyPort);
        twait(e => Network.Current.Connect(listener.LocalEndPoint, e), out Connection connection);
        bool hasFailed = false;
        try
        {
            twait(e => connection.SendFile(file, _bytes.Length + 1, 10, e));
        }
        catch (EndOfStreamException)
        {
            hasFailed = true;
        }
        Assert.True(hasFailed);
        connection.Dispose();
        file.Dispose();
        done.Trigger();
    }

    /// <summary>A file that has nothing in memory.</summary>
    private sealed class SlowFile(RandomAccessFile file) : RandomAccessFile(file.Path, file.Access)
    {
        protected internal override bool TryReadCore(Span<byte> buffer, long offset, out int count)
        {
            count = 0;
            return false;
        }

        protected override void ReadCore(Memory<byte> buffer, long offset, Event<int> read) => file.Read(buffer, offset, read);

        protected override void WriteCore(ReadOnlyMemory<byte> buffer, long offset, Event written) => file.Write(buffer, offset, written);

        protected override void AppendCore(ReadOnlyMemory<byte> buffer, Event appended) => file.Append(buffer, appended);

        protected override void FlushCore(Event flushed) => file.Flush(flushed);

        protected override void GetLengthCore(Event<long> length) => file.GetLength(length);

        protected override void SetLengthCore(long length, Event done) => file.SetLength(length, done);

        protected override void CloseCore()
        {
        }
    }
}
