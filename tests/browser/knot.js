// Knot, or another server with its options and a dashboard, and clients that keep it busy.
import { spawn } from 'node:child_process';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

export class Knot {
  idle = [];
  answers = 0;
  stops = false;

  static async start(sample = 'Knot') {
    const knot = new Knot();
    knot.process = spawn('dotnet', [path.join(root, `samples/${sample}/bin/Release/net10.0/${sample}.dll`), '--port', '0', '--dashboard', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    await new Promise((resolve, reject) => {
      knot.process.once('exit', code => reject(new Error(`${sample} ended with ${code}: ${output}`)));
      setTimeout(() => reject(new Error(`${sample} did not start: ${output}`)), 30_000).unref();
      knot.process.stdout.on('data', data => {
        output += data;
        if (output.includes('#token=') && output.endsWith('\n')) resolve();
      });
    });
    knot.address = new URL(output.split('\n')[0]);
    knot.dashboard = new URL(output.match(/dashboard: (\S+)/)[1]);
    return knot;
  }

  // Asks again and again on a few connections.
  load(connections, page = '/') {
    const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
    const ask = () => http.get(new URL(page, this.address), { agent }, answer => answer.resume().on('end', () => { this.answers++; if (!this.stops) ask(); })).on('error', () => {});
    for (let i = 0; i < connections; i++) ask();
  }

  // Connections that have had an answer, and wait.
  async wait(connections) {
    await Promise.all(Array.from({ length: connections }, () => new Promise((resolve, reject) => {
      const socket = net.connect(this.address.port, this.address.hostname, () => socket.write('HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n'));
      socket.once('data', resolve).on('error', reject);
      this.idle.push(socket);
    })));
  }

  leave(connections) {
    for (const socket of this.idle.splice(0, connections)) socket.destroy();
  }

  async stop() {
    this.stops = true;
    this.leave(this.idle.length);
    const ended = new Promise(resolve => this.process.once('exit', resolve));
    this.process.kill('SIGTERM');
    return Promise.race([ended, new Promise(resolve => setTimeout(() => { this.process.kill('SIGKILL'); resolve('killed'); }, 15_000).unref())]);
  }
}
