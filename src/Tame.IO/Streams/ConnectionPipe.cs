using System.IO.Pipelines;

namespace Tame.IO;

/// <summary>The two sides of a connection as a pipe, each over a stream that closes only its side.</summary>
internal sealed class ConnectionPipe : IDuplexPipe
{
    private readonly Connection _connection;
    private bool _isInputClosed;
    private bool _isOutputClosed;

    public ConnectionPipe(Connection connection)
    {
        _connection = connection;
        Input = PipeReader.Create(new Side(this, isInput: true), new StreamPipeReaderOptions(useZeroByteReads: true));
        Output = PipeWriter.Create(new Side(this, isInput: false));
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    private void Close(bool isInput)
    {
        if (isInput)
            _isInputClosed = true;
        else if (!_isOutputClosed)
        {
            _isOutputClosed = true;
            if (!_connection.IsClosed)
                _connection.CloseSend();
        }
        if (_isInputClosed && _isOutputClosed)
            _connection.Dispose();
    }

    private sealed class Side(ConnectionPipe pipe, bool isInput) : ConnectionStream(pipe._connection, leaveOpen: true)
    {
        protected override void Dispose(bool disposing)
        {
            if (disposing)
                pipe.Close(isInput);
            base.Dispose(disposing);
        }
    }
}
