#!/usr/bin/env perl
# Waits until a server answers, and prints when that was, in microseconds since 1970: first-answer.pl PORT PATH SECONDS
# It polls far more often than a server takes to start, and is running before the server is.
use strict;
use warnings;
use IO::Socket::INET;
use Time::HiRes qw(time sleep);

my ($port, $path, $seconds) = @ARGV;
my $end = time + $seconds;
$| = 1;
print "ready\n";
while (time < $end) {
    my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port, Proto => 'tcp');
    if ($socket) {
        print $socket "GET $path HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
        $socket->flush;
        my $line = <$socket>;
        if (defined $line && $line =~ m{^HTTP/1\.[01] 200}) {
            printf "%.0f\n", time * 1e6;
            exit 0;
        }
    }
    sleep 0.0005;
}
exit 1;
