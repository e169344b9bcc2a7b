#!/usr/bin/perl
# Clients that go at the wrong moment: `aborts.pl PORT SECONDS`. Up to 64 at once connect, send some of a request, read some of the answer,
# and are closed or reset after up to three seconds; some only shut down one direction, some trickle. Prints how many there were.
use strict;
use warnings;
use IO::Socket::INET;
use Socket qw(SOL_SOCKET SO_LINGER SO_RCVBUF);
use Time::HiRes qw(time sleep);

my ($port, $seconds) = @ARGV;
defined $seconds or die "usage: aborts.pl PORT SECONDS\n";
local $SIG{PIPE} = 'IGNORE';
my ($end, $count, @clients) = (time + $seconds, 0);

sub start {
    my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port, Proto => 'tcp') or return;
    setsockopt($socket, SOL_SOCKET, SO_RCVBUF, pack('i', 4096));
    $socket->blocking(0);
    my $file = rand() < 0.5 ? 'large.bin' : 'page.html';
    my $request = "GET /$file HTTP/1.1\r\nHost: localhost\r\n\r\n";
    $request = substr($request, 0, int(rand(length($request)))) if rand() < 0.5;
    my $trickles = rand() < 0.2;
    syswrite($socket, $trickles ? substr($request, 0, 1, '') : $request);
    shutdown($socket, 1) if !$trickles && rand() < 0.2;
    push @clients, { socket => $socket, left => $trickles ? $request : '', end => time + rand() ** 3 * 3 };
    $count++;
}

sub finish {
    my ($client) = @_;
    setsockopt($client->{socket}, SOL_SOCKET, SO_LINGER, pack('ii', 1, 0)) if rand() < 0.5;
    close($client->{socket});
}

while (time < $end) {
    start() if @clients < 64;
    my $now = time;
    for my $client (@clients) {
        syswrite($client->{socket}, substr($client->{left}, 0, 1, '')) if length $client->{left} && rand() < 0.1;
        sysread($client->{socket}, my $some, 1024) if rand() < 0.1;
    }
    finish($_) for grep { $_->{end} < $now } @clients;
    @clients = grep { $_->{end} >= $now } @clients;
    sleep(0.005);
}
finish($_) for @clients;
print "$count\n";
